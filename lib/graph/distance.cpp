#include "graph/distance.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

[[noreturn]] void refuse(std::size_t from, std::size_t to, double weight,
                         const std::string& expected, std::string hint) {
  throw InputError("edge " + std::to_string(from) + " -> " + std::to_string(to),
                   "the weight is " + number_text(weight) + ", " + expected, std::move(hint));
}

double length(double weight, Distance distance) {
  switch (distance) {
    case Distance::neglog:
      return -std::log(weight);
    case Distance::inverse:
      return 1.0 / weight;
    case Distance::complement:
      return 1.0 - weight;
    case Distance::weight:
      return weight;
  }
  return weight;
}

/// The length of the edge, lifted where it is too short, which is counted.
double checked_length(std::size_t from, std::size_t to, double weight, Distance distance,
                      std::size_t& lifted) {
  const bool at_most_one = distance == Distance::neglog || distance == Distance::complement;
  if (at_most_one && weight > 1.0 + weight_excess) {
    refuse(from, to, weight,
           "at most 1 was expected by the distance " + std::string(distance_name(distance)),
           "choose $distance inverse or weight, or divide the rows by their sums with "
           "$normalize rows");
  }
  const double found = length(weight, distance);
  if (!std::isfinite(found)) {
    refuse(from, to, weight, "too small for the distance " + std::string(distance_name(distance)),
           "leave out weights of no size with `attngraph sparsify $threshold`");
  }
  if (found < shortest_length) ++lifted;
  return std::max(found, shortest_length);
}

}  // namespace

std::string_view distance_name(Distance distance) {
  switch (distance) {
    case Distance::neglog:
      return "neglog";
    case Distance::inverse:
      return "inverse";
    case Distance::complement:
      return "complement";
    case Distance::weight:
      return "weight";
  }
  return "";
}

LengthGraph length_graph(const EdgeArrays& edges, Distance distance) {
  LengthGraph graph{without_self_loops(edges)};
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    double& weight = graph.edges.weight[i];
    weight = checked_length(static_cast<std::size_t>(graph.edges.source[i]),
                            static_cast<std::size_t>(graph.edges.target[i]), weight, distance,
                            graph.lifted);
  }
  return graph;
}

LengthMatrix length_matrix(const Matrix& weights, Direction direction, Distance distance) {
  const Index n = weights.rows();
  LengthMatrix matrix{Matrix::Constant(n, n, INFINITY)};
  for (Index q = 0; q < n; ++q) {
    for (Index k = 0; k < n; ++k) {
      if (q == k || !(weights(q, k) > 0)) continue;
      const auto [from, to] = direction == Direction::attends ? std::pair(q, k) : std::pair(k, q);
      matrix.lengths(from, to) =
          checked_length(static_cast<std::size_t>(from), static_cast<std::size_t>(to),
                         weights(q, k), distance, matrix.lifted);
      ++matrix.edges;
    }
  }
  return matrix;
}

std::optional<LengthMatrix> length_matrix(const LengthGraph& graph) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  LengthMatrix matrix{Matrix::Constant(n, n, INFINITY), graph.edges.size(), graph.lifted};
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    double& length = matrix.lengths(graph.edges.source[i], graph.edges.target[i]);
    if (length < INFINITY) return std::nullopt;
    length = graph.edges.weight[i];
  }
  return matrix;
}

}  // namespace attngraph
