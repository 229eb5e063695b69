#pragma once

#include <cstddef>
#include <string>

#include "reading/patch_grid.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

class Attention;
class Sink;

/// What stands in one picture.
enum class PictureScope {
  /// All layers and heads of the selection.
  stack,
  /// The heads of one layer.
  layer,
  /// One head.
  head,
};

struct HeatmapOptions {
  PictureScope scope = PictureScope::stack;
  ColorScale color_scale = ColorScale::linear;
  /// `viridis`, `cividis`, `gray`.
  std::string color_map = "viridis";
  /// Numbers in the cells; left out, with a note, for more than 64 keys or queries.
  bool annotate = false;
  /// Not empty: this query's row alone, as a picture over the patches of an image.
  std::string target;
  PatchGridRequest grid;
};

/// The attention of each selected head as a heat map, rows queries, columns keys; all panels of a
/// picture share one colour scale, from 0 (or the smallest power of ten, no further below the
/// largest than 10^-5) to the largest weight. Layers stand below each other, heads side by side.
/// With a target, panels are what that query attends to over the patches of an image (PatchRow).
/// @throws LimitError where one picture would have too many cells
/// @throws ArgumentError where the tokens do not fill a grid, or there is no such target
void heatmap_report(const Attention& stack, const HeatmapOptions& options, Sink& sink);

}  // namespace attngraph
