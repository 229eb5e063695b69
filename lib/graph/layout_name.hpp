#pragma once

namespace attngraph {

/// Where nodes stand in a drawing.
enum class Layout {
  /// What suits the graph: columns for queries and keys, else arcs.
  natural,
  /// Nowhere: the program that draws finds places.
  none,
  /// Edges pull, nodes push (Fruchterman and Reingold 1991).
  spring,
  /// In their order on a circle, the first on top, clockwise.
  circle,
  /// In their order on a line.
  arcs,
  /// Queries on the left, keys on the right, both from top to bottom.
  columns,
  /// Not a drawing of nodes: weights in cells.
  matrix
};

}  // namespace attngraph
