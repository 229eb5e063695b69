#pragma once

#include <igraph.h>

#include <cstddef>
#include <span>
#include <string>

#include "graph/attention_graph.hpp"
#include "numeric/matrix.hpp"

// The one place that knows igraph's headers, and the differences between 0.10 and 1.x. Private to
// the floors graph and metrics: include it in .cpp files only.
namespace attngraph {

struct GraphHandle {
  igraph_t graph;
};

namespace door {

/// Makes igraph report errors to checked() instead of ending the process, keep its warnings to
/// itself, and look at core/stop.hpp during long work. Done once; later calls cost nothing.
void open();

inline const igraph_t* igraph(const AttentionGraph& graph) { return &graph.handle().graph; }

/// Throws what igraph reported.
/// @param question what was asked, for the error text: `betweenness`
/// @throws Interrupted where the work was stopped, LimitError where memory ran out, Error otherwise
void checked(igraph_error_t code, const char* question);

/// A vector of numbers that belongs to igraph.
class Numbers {
 public:
  explicit Numbers(std::size_t size = 0);
  explicit Numbers(std::span<const double> values);
  ~Numbers() { igraph_vector_destroy(&values_); }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;

  igraph_vector_t* get() { return &values_; }
  const igraph_vector_t* get() const { return &values_; }
  std::size_t size() const { return static_cast<std::size_t>(igraph_vector_size(&values_)); }
  double operator[](std::size_t i) const { return VECTOR(values_)[i]; }
  /// A copy, for use after this is gone.
  Vector to_vector() const;

 private:
  igraph_vector_t values_;
};

/// A vector of indices or counts that belongs to igraph.
class Integers {
 public:
  explicit Integers(std::size_t size = 0);
  ~Integers() { igraph_vector_int_destroy(&values_); }
  Integers(const Integers&) = delete;
  Integers& operator=(const Integers&) = delete;

  igraph_vector_int_t* get() { return &values_; }
  std::size_t size() const { return static_cast<std::size_t>(igraph_vector_int_size(&values_)); }
  igraph_integer_t& operator[](std::size_t i) { return VECTOR(values_)[i]; }

 private:
  igraph_vector_int_t values_;
};

/// A matrix that belongs to igraph; layouts answer with one, [node, coordinate].
class Coordinates {
 public:
  Coordinates(std::size_t rows, std::size_t columns);
  ~Coordinates() { igraph_matrix_destroy(&values_); }
  Coordinates(const Coordinates&) = delete;
  Coordinates& operator=(const Coordinates&) = delete;

  igraph_matrix_t* get() { return &values_; }
  double& operator()(std::size_t row, std::size_t column) {
    return MATRIX(values_, static_cast<igraph_integer_t>(row),
                  static_cast<igraph_integer_t>(column));
  }

 private:
  igraph_matrix_t values_;
};

/// igraph_betweenness for all nodes of a directed graph, not normalised.
igraph_error_t betweenness(const igraph_t* graph, const igraph_vector_t* lengths,
                           igraph_vector_t* result);

/// igraph_personalized_pagerank by PRPACK for all nodes of a directed graph.
/// @param restart null where the walk begins anywhere
igraph_error_t pagerank(const igraph_t* graph, const igraph_vector_t* weights, double damping,
                        const igraph_vector_t* restart, igraph_vector_t* result);

}  // namespace door

}  // namespace attngraph
