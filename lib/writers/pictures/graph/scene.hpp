#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "writers/pictures/graph/shapes.hpp"

namespace attngraph {

struct Drawing;
struct DrawnEdge;

/// A line of a picture of a graph.
struct SceneEdge {
  Curve curve;
  /// Of the largest there is, 0 … 1: its width and how much it stands out.
  double share = 0;
  /// Those that are later lie above.
  enum class Kind { residual, plain, route } kind = Kind::plain;
  enum class End { plain, arrow } end = End::arrow;
  std::string tooltip;
  /// Written beside it, where there is room.
  std::string number = {};
};

/// A node: a box with round corners, or a disc where its sides are as long as each other.
struct SceneNode {
  Box box;
  double radius = 3;
  /// Of the largest there is, 0 … 1: how dark it is.
  double fill = 0;
  /// Attention to itself over the largest weight: its outline; 0 for none.
  double ring = 0;
  bool on_route = false;
  std::string tooltip;
};

/// What a picture of a graph is made of, in CSS pixels from its own top left corner; the frame with
/// title and legend comes around it.
struct Scene {
  double width = 0;
  double height = 0;
  std::vector<SceneEdge> edges;
  std::vector<SceneNode> nodes;
  std::vector<Label> labels;
  /// Names of rows and columns.
  std::vector<Label> headings;
  /// Light lines behind everything.
  std::vector<Curve> guides;
  /// What this layout has to say about itself.
  std::vector<std::string> remarks;
  /// What a width stands for, with the values of shares 1 and down.
  std::string width_name = "weight";
  double largest_width = 0;
  double largest_route = 0;
  double largest_size = 0;
  bool rings = false;

  /// Moves and grows so that everything is inside.
  void fit();
};

/// The drawing as its layout has it.
Scene scene_of(const Drawing& graph);

/// Tokens on a line in their order; arcs above to tokens before, arcs below to tokens behind.
Scene arcs_scene(const Drawing& graph);
/// Queries on the left, keys on the right.
Scene columns_scene(const Drawing& graph);
Scene circle_scene(const Drawing& graph);
/// Nodes where the drawing has them, in boxes that do not overlap.
Scene spring_scene(const Drawing& graph);
/// Rows of tokens, one for each rank.
Scene layered_scene(const Drawing& graph);

}  // namespace attngraph
