#include "graph/igraph_door.hpp"

#include <stdexcept>
#include <string>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph::door {
namespace {

// igraph is used by one thread at a time, so its last complaint needs no lock.
std::string last_reason;

void remember_error(const char* reason, const char*, int, igraph_error_t) {
  last_reason = reason;
  IGRAPH_FINALLY_FREE();
}

#if IGRAPH_VERSION_MAJOR >= 1
igraph_bool_t interruption() {
  if (requested_stop() == 0) return false;
  IGRAPH_FINALLY_FREE();
  return true;
}
#else
igraph_error_t interruption(void*) {
  if (requested_stop() == 0) return IGRAPH_SUCCESS;
  IGRAPH_FINALLY_FREE();
  return IGRAPH_INTERRUPTED;
}
#endif

bool install() {
#if IGRAPH_VERSION_MAJOR >= 1
  igraph_setup();
#endif
  igraph_set_error_handler(remember_error);
  igraph_set_warning_handler(igraph_warning_handler_ignore);
  igraph_set_interruption_handler(interruption);
  return true;
}

}  // namespace

void open() { [[maybe_unused]] static const bool installed = install(); }

void checked(igraph_error_t code, const char* question) {
  if (code == IGRAPH_SUCCESS) return;
  if (code == IGRAPH_INTERRUPTED) check_stop();
  if (code == IGRAPH_ENOMEM) {
    throw LimitError(question, "there is not enough memory for this graph",
                     "sparsify it first, or take fewer tokens");
  }
  const std::string reason = last_reason.empty() ? igraph_strerror(code) : last_reason;
  throw std::runtime_error(std::string(question) + ": igraph could not answer: " + reason);
}

Numbers::Numbers(std::size_t size) {
  open();
  checked(igraph_vector_init(&values_, static_cast<igraph_integer_t>(size)), "numbers");
}

Numbers::Numbers(std::span<const double> values) {
  open();
  checked(igraph_vector_init_array(&values_, values.data(),
                                   static_cast<igraph_integer_t>(values.size())),
          "numbers");
}

Vector Numbers::to_vector() const {
  return Eigen::Map<const Vector>(VECTOR(values_), static_cast<Index>(size()));
}

Integers::Integers(std::size_t size) {
  open();
  checked(igraph_vector_int_init(&values_, static_cast<igraph_integer_t>(size)), "integers");
}

Coordinates::Coordinates(std::size_t rows, std::size_t columns) {
  open();
  checked(igraph_matrix_init(&values_, static_cast<igraph_integer_t>(rows),
                             static_cast<igraph_integer_t>(columns)),
          "coordinates");
}

igraph_error_t betweenness(const igraph_t* graph, const igraph_vector_t* lengths,
                           igraph_vector_t* result) {
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_betweenness(graph, lengths, result, igraph_vss_all(), IGRAPH_DIRECTED, false);
#else
  return igraph_betweenness(graph, result, igraph_vss_all(), IGRAPH_DIRECTED, lengths);
#endif
}

igraph_error_t pagerank(const igraph_t* graph, const igraph_vector_t* weights, double damping,
                        const igraph_vector_t* restart, igraph_vector_t* result) {
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_personalized_pagerank(graph, weights, result, nullptr, restart, damping,
                                      IGRAPH_DIRECTED, igraph_vss_all(),
                                      IGRAPH_PAGERANK_ALGO_PRPACK, nullptr);
#else
  return igraph_personalized_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, result, nullptr,
                                      igraph_vss_all(), IGRAPH_DIRECTED, damping, restart, weights,
                                      nullptr);
#endif
}

}  // namespace attngraph::door
