#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attention/head_label.hpp"
#include "graph/layout_name.hpp"

namespace attngraph {

struct DrawnNode {
  std::string label;
  /// Place in the unit square, y growing downwards; means something only where the graph is
  /// `placed`.
  double x = 0;
  double y = 0;
  /// Row of a layered drawing, 0 at the top.
  std::optional<std::int32_t> rank;
  /// The attention that it receives, of all edges, shown or not, over the largest of any node, or
  /// of any in its row: 0 … 1.
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
  /// Of all routes asked for that take this edge, added up.
  double route_probability = 0;
  /// In a layered drawing the share of the outputs that comes through this edge; its width shows
  /// that in place of the weight.
  std::optional<double> flow = std::nullopt;
};

/// A graph ready to be written as DOT, SVG or GraphML: everything is decided, a writer only finds
/// the notation.
struct Drawing {
  /// `layer 2, head 7`
  std::string title;
  /// `attends` (query -> key) or `informs` (key -> query).
  std::string direction;
  /// What its arrows mean, and what is shown of how much, in a sentence each.
  std::vector<std::string> remarks = {};
  /// Whose graph it is; a graph through all layers has neither.
  std::optional<std::int64_t> layer;
  std::optional<HeadLabel> head;
  Layout layout = Layout::none;
  /// How many nodes, the first ones, are queries, where the others are keys: their labels begin
  /// with `q:` and `k:`. 0 where every node is both.
  std::size_t queries = 0;
  std::vector<DrawnNode> nodes;
  /// The attention that a node of size 1 receives.
  double largest_size = 0;
  /// What the rows of a layered drawing are, from the top.
  std::vector<std::string> rank_names = {};
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
