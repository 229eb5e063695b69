#include "metrics/walks/degrees.hpp"

#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {
namespace {

Vector sums(std::size_t nodes, const std::vector<std::int32_t>& ends,
            const std::vector<double>* weights) {
  Vector sum = Vector::Zero(static_cast<Index>(nodes));
  for (std::size_t i = 0; i < ends.size(); ++i) sum[ends[i]] += weights ? (*weights)[i] : 1.0;
  return sum;
}

}  // namespace

Vector in_degree(const EdgeArrays& edges) { return sums(edges.nodes, edges.target, nullptr); }

Vector out_degree(const EdgeArrays& edges) { return sums(edges.nodes, edges.source, nullptr); }

Vector in_strength(const EdgeArrays& edges) {
  return sums(edges.nodes, edges.target, &edges.weight);
}

Vector out_strength(const EdgeArrays& edges) {
  return sums(edges.nodes, edges.source, &edges.weight);
}

Vector coreness(const EdgeArrays& edges) {
  const AttentionGraph graph(without_self_loops(edges));
  door::Integers cores;
  door::checked(igraph_coreness(door::igraph(graph), cores.get(), IGRAPH_ALL), "core");
  Vector result(static_cast<Index>(edges.nodes));
  for (std::size_t v = 0; v < edges.nodes; ++v) {
    result[static_cast<Index>(v)] = static_cast<double>(cores[v]);
  }
  return result;
}

}  // namespace attngraph
