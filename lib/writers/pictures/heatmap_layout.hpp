#pragma once

#include <cstddef>

namespace attngraph {

struct Picture;

/// Font height of labels, and what a line and a column of them take.
inline constexpr double label_font = 10;
inline constexpr double label_line = 12;
inline constexpr double label_column = 0.6 * label_font;
inline constexpr double title_font = 14;
/// Room between things.
inline constexpr double gap = 8;
inline constexpr double bar_width = 14;

/// Sizes and places of a heat map, in CSS pixels: a grid of panels, labels on the left of each row
/// of panels and below each column, and the colour scale on the right.
struct HeatmapLayout {
  double cell = 1;
  double panel_width = 0;
  double panel_height = 0;
  std::size_t grid_columns = 1;
  std::size_t grid_rows = 1;
  std::size_t row_step = 1;
  std::size_t column_step = 1;
  std::size_t label_columns = 0;
  /// Where the first panel is, and how far the next one.
  double left = 0;
  double top = 0;
  double stride_x = 0;
  double stride_y = 0;
  /// Room below a panel for the labels of its columns.
  double label_height = 0;
  /// Left side of the colour scale.
  double scale_x = 0;
  double width = 0;
  double height = 0;

  double panel_x(std::size_t i) const {
    return left + stride_x * static_cast<double>(i % grid_columns);
  }
  double panel_y(std::size_t i) const {
    return top + stride_y * static_cast<double>(i / grid_columns);
  }
};

/// @param width that the whole should take; 0: as wide as suits it
HeatmapLayout heatmap_layout(const Picture& picture, std::size_t width);

}  // namespace attngraph
