#include "metrics/walks/degrees.hpp"

#include <optional>
#include <utility>

#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {
Degrees degrees(const Graph& graph) {
  const Vector zeros = Vector::Zero(static_cast<Index>(graph.nodes()));
  Degrees sums{zeros, zeros, zeros, zeros};
  graph.for_each_edge([&](Index source, Index target, double weight) {
    sums.in[target] += 1;
    sums.out[source] += 1;
    sums.in_strength[target] += weight;
    sums.out_strength[source] += weight;
  });
  return sums;
}

Vector coreness(const Graph& graph) {
  const EdgeArrays& edges = graph.edges();
  // igraph counts self-loops.
  EdgeArrays others = without_self_loops(edges);
  std::optional<AttentionGraph> without;
  if (others.size() < edges.size()) without.emplace(std::move(others));
  const AttentionGraph& asked = without ? *without : graph.igraph();
  door::Integers cores;
  door::checked(igraph_coreness(door::igraph(asked), cores.get(), IGRAPH_ALL), "core");
  Vector result(static_cast<Index>(graph.nodes()));
  for (std::size_t v = 0; v < graph.nodes(); ++v) {
    result[static_cast<Index>(v)] = static_cast<double>(cores[v]);
  }
  return result;
}

}  // namespace attngraph
