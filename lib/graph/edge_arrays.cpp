#include "graph/edge_arrays.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "core/error.hpp"

namespace attngraph {
namespace {

template <typename Wanted>
EdgeArrays those(const EdgeArrays& edges, Wanted wanted) {
  EdgeArrays rest;
  rest.nodes = edges.nodes;
  rest.reserve(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!wanted(i)) continue;
    rest.source.push_back(edges.source[i]);
    rest.target.push_back(edges.target[i]);
    rest.weight.push_back(edges.weight[i]);
  }
  return rest;
}

}  // namespace

std::string_view direction_name(Direction direction) {
  return direction == Direction::attends ? "attends" : "informs";
}

EdgeArrays edge_arrays(const Matrix& weights, Direction direction) {
  return edge_arrays(weights, direction,
                     weights.rows() == weights.cols() ? Sides::self : Sides::cross);
}

EdgeArrays edge_arrays(const Matrix& weights, Direction direction, Sides sides) {
  assert(sides == Sides::cross || weights.rows() == weights.cols());
  const auto queries = static_cast<std::size_t>(weights.rows());
  const auto keys = static_cast<std::size_t>(weights.cols());
  const std::size_t first_key = sides == Sides::self ? 0 : queries;
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

EdgeArrays without_zeros(const EdgeArrays& edges) {
  if (std::all_of(edges.weight.begin(), edges.weight.end(), [](double w) { return w > 0; })) {
    return edges;
  }
  return those(edges, [&](std::size_t i) { return edges.weight[i] > 0; });
}

EdgeArrays without_self_loops(const EdgeArrays& edges) {
  return those(edges, [&](std::size_t i) { return edges.source[i] != edges.target[i]; });
}

}  // namespace attngraph
