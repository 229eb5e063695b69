#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attention/head_label.hpp"

namespace attngraph {

struct DrawnNode {
  std::string label;
  /// Place in the unit square, y growing downwards; means something only where the graph is
  /// `placed`.
  double x = 0;
  double y = 0;
  /// Row of a layered drawing, 0 at the top.
  std::optional<std::int32_t> rank;
  /// Weight of the incoming edges (all of them, shown or not) over the largest of any node: 0 … 1.
  double size = 0;
};

struct DrawnEdge {
  /// Indices of nodes; self-loops have both the same.
  std::int32_t source = 0;
  std::int32_t target = 0;
  double weight = 0;
  /// Of the attention that the edge is from.
  std::int64_t layer = 0;
  /// The first of the routes asked for that takes this edge, from 1 on, drawn in a colour of its
  /// own; 0 where none does.
  std::int32_t route = 0;
};

/// A graph ready to be written as DOT, SVG or GraphML: everything is decided, a writer only finds
/// the notation.
struct Drawing {
  /// `layer 2, head 7`
  std::string title;
  /// `attends` (query -> key) or `informs` (key -> query).
  std::string direction;
  /// Whose graph it is; a graph through all layers has neither.
  std::optional<std::int64_t> layer;
  std::optional<HeadLabel> head;
  std::vector<DrawnNode> nodes;
  /// Those that are shown.
  std::vector<DrawnEdge> edges;
  /// Nodes have x and y; otherwise the program that draws it finds places.
  bool placed = false;
  /// Drawn edges carry their weight as text.
  bool edge_labels = false;
  /// Weights print as float32.
  bool single_precision = false;
  /// Edges that are not shown.
  std::size_t left_out = 0;
};

}  // namespace attngraph
