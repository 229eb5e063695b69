#include "metrics/structure/triads.hpp"

#include <utility>

#include "graph/attention_graph.hpp"
#include "graph/igraph_door.hpp"

namespace attngraph {

std::array<double, triad_names.size()> triad_census(EdgeArrays edges) {
  const AttentionGraph graph(std::move(edges));
  door::Numbers found;
  door::checked(igraph_triad_census(door::igraph(graph), found.get()), "triads");
  std::array<double, triad_names.size()> census{};
  for (std::size_t i = 0; i < census.size(); ++i) census[i] = found[i];
  return census;
}

}  // namespace attngraph
