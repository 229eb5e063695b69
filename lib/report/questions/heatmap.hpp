#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "report/answer/picture.hpp"
#include "report/drawn/patch_row.hpp"

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
  PatchPicture patches;
  /// Where the colours end among the weights above 0; larger ones share the colour of the end.
  /// Nothing: 99 for 60 keys or queries or more on a linear scale, else 100.
  std::optional<double> percentile;
  /// What each key receives of all queries, as bars.
  bool sums = false;
};

/// What can be known without the attention. @throws ArgumentError for a percentile that is none
void check_options(const HeatmapOptions& options);

/// The attention of each selected head as a heat map, rows queries, columns keys; all panels of a
/// picture share one colour scale, from 0 (or the smallest power of ten, no further below the end
/// than 10^-5) to the percentile. Layers stand below each other, heads side by side; those of one
/// layer, or of one head, make a grid that is nearly square. Where the attention is causal, what
/// is ahead of a query is masked.
/// With a target, panels are what that query attends to over the patches of an image (PatchRow).
/// @throws LimitError where one picture would have too many cells
/// @throws ArgumentError where the tokens do not fill a grid, or there is no such target
void heatmap_report(const Attention& stack, const HeatmapOptions& options, Sink& sink);

}  // namespace attngraph
