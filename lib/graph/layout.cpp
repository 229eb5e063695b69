#include "graph/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "graph/igraph_door.hpp"

namespace attngraph {
namespace {

constexpr igraph_integer_t spring_steps = 500;

void stretch(std::vector<double>& values) {
  if (values.empty()) return;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double from = *low;
  const double range = *high - *low;
  for (double& value : values) value = range > 1e-9 ? (value - from) / range : 0.5;
}

Places unit_square(door::Coordinates& coordinates, std::size_t nodes) {
  Places result;
  for (std::size_t v = 0; v < nodes; ++v) {
    result.x.push_back(coordinates(v, 0));
    result.y.push_back(coordinates(v, 1));
  }
  stretch(result.x);
  stretch(result.y);
  return result;
}

void put_on_circle(door::Coordinates& coordinates, std::size_t nodes) {
  for (std::size_t v = 0; v < nodes; ++v) {
    const double turn = static_cast<double>(v) / static_cast<double>(nodes);
    coordinates(v, 0) = std::sin(2.0 * std::numbers::pi * turn);
    coordinates(v, 1) = -std::cos(2.0 * std::numbers::pi * turn);
  }
}

Places circle(std::size_t nodes) {
  door::Coordinates coordinates(nodes, 2);
  put_on_circle(coordinates, nodes);
  return unit_square(coordinates, nodes);
}

// Starts on the circle, so no random start decides. Springs pull three nodes into a line, where the
// edge of the outer two runs through the third: they stay on the circle.
Places spring(const EdgeArrays& edges) {
  if (edges.nodes <= 3) return circle(edges.nodes);
  const AttentionGraph graph(edges);
  door::Coordinates coordinates(graph.nodes(), 2);
  put_on_circle(coordinates, graph.nodes());
  igraph_rng_seed(igraph_rng_default(), 1);
  const double temperature = std::sqrt(static_cast<double>(graph.nodes())) / 10.0;
  const door::Numbers weights{std::span<const double>(graph.edges().weight)};
  door::checked(igraph_layout_fruchterman_reingold(
                    door::igraph(graph), coordinates.get(), true, spring_steps, temperature,
                    IGRAPH_LAYOUT_NOGRID, weights.get(), nullptr, nullptr, nullptr, nullptr),
                "layout");
  return unit_square(coordinates, graph.nodes());
}

Places line(std::size_t nodes) {
  Places result;
  for (std::size_t v = 0; v < nodes; ++v) {
    result.x.push_back(static_cast<double>(v));
    result.y.push_back(0.5);
  }
  stretch(result.x);
  return result;
}

Places columns(std::size_t nodes, std::size_t queries) {
  const std::size_t keys = nodes - queries;
  Places result;
  for (std::size_t v = 0; v < nodes; ++v) {
    const bool query = v < queries;
    const auto rank = static_cast<double>(query ? v : v - queries);
    const auto last = static_cast<double>((query ? queries : keys) - 1);
    result.x.push_back(query ? 0 : 1);
    result.y.push_back(last > 0 ? rank / last : 0.5);
  }
  return result;
}

}  // namespace

Places places(const EdgeArrays& edges, Layout layout, std::size_t queries) {
  switch (layout) {
    case Layout::natural:
    case Layout::none:
    case Layout::matrix:
      return {};
    case Layout::arcs:
      return line(edges.nodes);
    case Layout::columns:
      return columns(edges.nodes, queries);
    case Layout::spring:
      return spring(edges);
    case Layout::circle:
      return circle(edges.nodes);
  }
  return {};
}

}  // namespace attngraph
