#pragma once

#include <cstddef>
#include <vector>

#include "graph/attention_graph.hpp"

namespace attngraph {

/// How much can flow from `source` to `sink` when the weight of each edge is its capacity.
/// (Goldberg and Tarjan 1988, by igraph)
/// @throws ArgumentError where source and sink are the same node
/// @throws InputError where a capacity is negative or not finite
double max_flow(const AttentionGraph& graph, std::size_t source, std::size_t sink);

struct MinimumCut {
  /// Sum of the capacities of `edges`; equals the maximum flow.
  double capacity = 0;
  /// Indices of the edges, in order.
  std::vector<std::size_t> edges;
};

/// The cheapest set of edges without which nothing flows; of several, the one nearest the sink.
/// Throws as max_flow.
MinimumCut minimum_cut(const AttentionGraph& graph, std::size_t source, std::size_t sink);

struct EdgeFlows {
  double value = 0;
  /// What flows through each edge of the graph.
  std::vector<double> flow;
};

/// A maximum flow, edge by edge: one among many that have the same value. Throws as max_flow.
EdgeFlows edge_flows(const AttentionGraph& graph, std::size_t source, std::size_t sink);

}  // namespace attngraph
