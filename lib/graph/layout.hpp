#pragma once

#include <vector>

#include "graph/attention_graph.hpp"

namespace attngraph {

/// Where nodes stand in a drawing.
enum class Layout {
  /// Nowhere: the program that draws finds places.
  none,
  /// Edges pull, nodes push (Fruchterman and Reingold 1991).
  spring,
  /// In their order on a circle, the first on top, clockwise.
  circle
};

/// Places in the unit square, y growing downwards.
struct Places {
  std::vector<double> x;
  std::vector<double> y;
};

/// The same graph has the same places in every run. Empty for Layout::none.
Places places(const AttentionGraph& graph, Layout layout);

}  // namespace attngraph
