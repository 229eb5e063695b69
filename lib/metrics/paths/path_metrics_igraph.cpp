// Shortest paths by igraph. It keeps each length plus 1 and compares those, so short lengths lose
// digits and tie when they should not: lengths are first multiplied by a power of two, which is
// exact, so that the 1 does not matter. Cost: O(n edges log n).
#include <algorithm>
#include <cmath>

#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"
#include "metrics/paths/path_metrics.hpp"

namespace attngraph {
namespace {

struct ScaledGraph {
  AttentionGraph graph;
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

ScaledGraph scaled(const LengthGraph& graph) {
  const double scale = length_scale(graph.edges);
  std::vector<double> lengths = graph.edges.weight;
  for (double& length : lengths) length *= scale;
  return {AttentionGraph(graph.edges), door::Numbers(std::span<const double>(lengths)), scale};
}

}  // namespace

Vector igraph_betweenness(const LengthGraph& graph) {
  const ScaledGraph in = scaled(graph);
  const auto n = static_cast<double>(graph.edges.nodes);
  if (n < 3) return Vector::Zero(static_cast<Index>(n));
  door::Numbers result;
  door::checked(door::betweenness(door::igraph(in.graph), in.lengths.get(), result.get()),
                "betweenness");
  return result.to_vector() / ((n - 1) * (n - 2));
}

Vector igraph_closeness(const LengthGraph& graph) {
  const ScaledGraph in = scaled(graph);
  const auto n = static_cast<double>(graph.edges.nodes);
  door::Numbers sums;
  door::Integers reaching;
  door::checked(igraph_closeness(door::igraph(in.graph), sums.get(), reaching.get(), nullptr,
                                 igraph_vss_all(), IGRAPH_IN, in.lengths.get(), false),
                "closeness");
  Vector result = Vector::Zero(static_cast<Index>(n));
  for (std::size_t v = 0; v < graph.edges.nodes; ++v) {
    const auto others = static_cast<double>(reaching[v]);
    if (others <= 0) continue;
    result[static_cast<Index>(v)] = others * sums[v] * in.scale * others / (n - 1);
  }
  return result;
}

Vector igraph_harmonic(const LengthGraph& graph) {
  const ScaledGraph in = scaled(graph);
  const auto n = static_cast<double>(graph.edges.nodes);
  if (n < 2) return Vector::Zero(static_cast<Index>(n));
  door::Numbers result;
  door::checked(igraph_harmonic_centrality(door::igraph(in.graph), result.get(), igraph_vss_all(),
                                           IGRAPH_IN, in.lengths.get(), false),
                "harmonic");
  return result.to_vector() * (in.scale / (n - 1));
}

}  // namespace attngraph
