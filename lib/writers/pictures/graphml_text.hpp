#pragma once

#include <string>

namespace attngraph {

struct DrawnGraph;

/// Every edge of the graph, drawn or not, as GraphML (http://graphml.graphdrawing.org): labels on
/// nodes, weights on edges, title, direction, layer and head on the graph.
std::string graphml_text(const DrawnGraph& graph);

}  // namespace attngraph
