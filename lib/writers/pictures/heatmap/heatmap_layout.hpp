#pragma once

#include <cstddef>

#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/heatmap/axis.hpp"

namespace attngraph {

/// What a line of text takes.
inline constexpr double label_line = 12;
/// Font height of all that is no label in small print.
inline constexpr double text_size = 10;
/// Room between things.
inline constexpr double gap = 8;
inline constexpr double bar_width = 14;

/// Sizes and places of a heat map, in CSS pixels: a header, below it a grid of panels, labels on
/// the left of each row of panels and below each column, and the legend on the right.
struct HeatmapLayout {
  Header header;
  double cell = 1;
  double panel_width = 0;
  double panel_height = 0;
  std::size_t grid_columns = 1;
  std::size_t grid_rows = 1;
  std::size_t row_step = 1;
  std::size_t column_step = 1;
  /// Font height of the labels of rows and columns.
  double label_size = text_size;
  /// Columns of a label; longer ones are cut.
  std::size_t label_columns = 16;
  /// Labels of columns are so short that they need not be turned.
  bool flat_labels = false;
  /// Where the first panel is, and how far the next one.
  double left = 0;
  double top = 0;
  double stride_x = 0;
  double stride_y = 0;
  /// Room above a panel for bars of its sums, and for the tree of its columns.
  double sums_height = 0;
  double tree_height = 0;
  /// Room below a panel for the labels of its columns.
  double label_height = 0;
  double legend_x = 0;
  /// Of the colour scale.
  double scale_height = 0;
  double width = 0;
  double height = 0;

  AxisNames row_names(const HeatMap& map) const;
  AxisNames column_names(const HeatMap& map) const;
  double panel_x(std::size_t i) const {
    return left + stride_x * static_cast<double>(i % grid_columns);
  }
  double panel_y(std::size_t i) const {
    const std::size_t row = i / grid_columns;
    return top + stride_y * static_cast<double>(row);
  }
};

/// @param source the file, for the header; may be empty
/// @param width that the whole should take; 0: as wide as suits it
HeatmapLayout heatmap_layout(const Picture& picture, const HeatMap& map, const std::string& source,
                             double width);

}  // namespace attngraph
