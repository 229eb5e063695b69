#pragma once

#include <string>

namespace attngraph {

struct Drawing;

/// GraphML (http://graphml.graphdrawing.org): title and direction of the graph, labels and places
/// of nodes, weight, layer, head and route of edges.
std::string graphml_text(const Drawing& graph);

}  // namespace attngraph
