// Shortest paths by igraph. It keeps each length plus 1 and compares those, so short lengths lose
// digits and tie when they should not: lengths are first multiplied by a power of two, which is
// exact, so that the 1 does not matter. Cost: O(n edges log n).
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "graph/igraph_door.hpp"
#include "metrics/paths/path_metrics.hpp"

namespace attngraph {
namespace {

/// The lengths of igraph's edges, multiplied by `scale`.
struct ScaledLengths {
  door::Numbers lengths;
  double scale = 1.0;
};

double length_scale(const EdgeArrays& edges) {
  if (edges.size() == 0) return 1.0;
  const auto [shortest, longest] = std::minmax_element(edges.weight.begin(), edges.weight.end());
  const double path = *longest * static_cast<double>(edges.nodes);
  const int upward = 40 - std::ilogb(*shortest);
  return std::ldexp(1.0, std::min(upward, 1000 - std::ilogb(path)));
}

ScaledLengths scaled_lengths(const Graph& graph, Distance distance) {
  const EdgeArrays& between_others = graph.lengths(distance).edges;
  const double scale = length_scale(between_others);
  const EdgeArrays& edges = graph.edges();
  std::vector<double> lengths;
  std::size_t next = 0;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    // A self-loop is on no shortest path, whatever its length.
    const bool loop = edges.source[e] == edges.target[e];
    lengths.push_back(loop ? 1.0 : scale * between_others.weight[next++]);
  }
  return {door::Numbers(std::span<const double>(lengths)), scale};
}

}  // namespace

Vector igraph_betweenness(const Graph& graph, Distance distance) {
  const ScaledLengths in = scaled_lengths(graph, distance);
  const auto n = static_cast<double>(graph.nodes());
  if (n < 3) return Vector::Zero(static_cast<Index>(n));
  door::Numbers result;
  door::checked(door::betweenness(door::igraph(graph.igraph()), in.lengths.get(), result.get()),
                "betweenness");
  return result.to_vector() / ((n - 1) * (n - 2));
}

Vector igraph_closeness(const Graph& graph, Distance distance) {
  const ScaledLengths in = scaled_lengths(graph, distance);
  const auto n = static_cast<double>(graph.nodes());
  door::Numbers sums;
  door::Integers reaching;
  door::checked(igraph_closeness(door::igraph(graph.igraph()), sums.get(), reaching.get(), nullptr,
                                 igraph_vss_all(), IGRAPH_IN, in.lengths.get(), false),
                "closeness");
  Vector result = Vector::Zero(static_cast<Index>(n));
  for (std::size_t v = 0; v < graph.nodes(); ++v) {
    const auto others = static_cast<double>(reaching[v]);
    if (others <= 0) continue;
    result[static_cast<Index>(v)] = others * sums[v] * in.scale * others / (n - 1);
  }
  return result;
}

Vector igraph_harmonic(const Graph& graph, Distance distance) {
  const ScaledLengths in = scaled_lengths(graph, distance);
  const auto n = static_cast<double>(graph.nodes());
  if (n < 2) return Vector::Zero(static_cast<Index>(n));
  door::Numbers result;
  door::checked(igraph_harmonic_centrality(door::igraph(graph.igraph()), result.get(),
                                           igraph_vss_all(), IGRAPH_IN, in.lengths.get(), false),
                "harmonic");
  return result.to_vector() * (in.scale / (n - 1));
}

}  // namespace attngraph
