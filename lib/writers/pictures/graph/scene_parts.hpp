#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "writers/pictures/graph/scene.hpp"

namespace attngraph {

/// The labels of all nodes as a picture shows them, at most so many columns wide; those of a
/// bipartite graph without `q:` and `k:` where `plain`.
std::vector<std::string> picture_labels(const Drawing& graph, std::size_t columns, bool plain);

/// `mice → [CLS] 0.9`
std::string edge_tooltip(const Drawing& graph, const DrawnEdge& edge);

/// The largest weight that is shown; at least a little.
double largest_weight(const Drawing& graph);

/// Weights of self-loops over the largest weight, for each node.
std::vector<double> rings(const Drawing& graph);

/// The weights of shown edges at each node, those of routes far above: which nodes matter.
std::vector<double> importance(const Drawing& graph);

/// Which of some places on a line, in falling importance, may have a name so that names are at
/// least `apart` from each other. Those without importance have none.
std::vector<char> named_places(const std::vector<double>& places,
                               const std::vector<double>& importance, double apart);

/// An edge with width, colour, tooltip and number as its weight wants them.
SceneEdge scene_edge(const Drawing& graph, const DrawnEdge& edge, double largest);

/// A node with its fill and tooltip.
SceneNode scene_node(const Drawing& graph, std::size_t node, Box box);

}  // namespace attngraph
