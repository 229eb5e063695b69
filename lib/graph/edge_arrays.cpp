#include "graph/edge_arrays.hpp"

#include <limits>
#include <utility>

#include "core/error.hpp"

namespace attngraph {

std::string_view direction_name(Direction direction) {
  return direction == Direction::attends ? "attends" : "informs";
}

void EdgeArrays::reserve(std::size_t edges) {
  source.reserve(edges);
  target.reserve(edges);
  weight.reserve(edges);
}

void EdgeArrays::add(std::size_t from, std::size_t to, double edge_weight) {
  source.push_back(static_cast<std::int32_t>(from));
  target.push_back(static_cast<std::int32_t>(to));
  weight.push_back(edge_weight);
}

EdgeArrays edge_arrays(const Matrix& weights, Direction direction) {
  const auto queries = static_cast<std::size_t>(weights.rows());
  const auto keys = static_cast<std::size_t>(weights.cols());
  const std::size_t first_key = queries == keys ? 0 : queries;
  EdgeArrays edges;
  edges.nodes = first_key + keys;
  if (edges.nodes > std::numeric_limits<std::int32_t>::max()) {
    throw LimitError("", "the graph has " + std::to_string(edges.nodes) +
                             " nodes, at most 2147483647 were expected");
  }
  edges.reserve(static_cast<std::size_t>((weights.array() > 0.0).count()));
  for (std::size_t q = 0; q < queries; ++q) {
    const double* row = weights.data() + q * keys;
    for (std::size_t k = 0; k < keys; ++k) {
      if (row[k] > 0.0) edges.add(q, first_key + k, row[k]);
    }
  }
  return direction == Direction::attends ? edges : reversed(std::move(edges));
}

EdgeArrays reversed(EdgeArrays edges) {
  std::swap(edges.source, edges.target);
  return edges;
}

EdgeArrays without_self_loops(const EdgeArrays& edges) {
  EdgeArrays rest;
  rest.nodes = edges.nodes;
  rest.reserve(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges.source[i] == edges.target[i]) continue;
    rest.source.push_back(edges.source[i]);
    rest.target.push_back(edges.target[i]);
    rest.weight.push_back(edges.weight[i]);
  }
  return rest;
}

}  // namespace attngraph
