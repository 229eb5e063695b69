#pragma once

#include <string>

namespace attngraph {

struct DrawnGraph;

/// GraphML (http://graphml.graphdrawing.org): title and direction of the graph, labels and places
/// of nodes, weight, layer, head and route of edges.
std::string graphml_text(const DrawnGraph& graph);

}  // namespace attngraph
