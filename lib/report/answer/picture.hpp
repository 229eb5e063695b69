#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attention/head_label.hpp"

namespace attngraph {

enum class ColorScale { linear, logarithmic };

/// One matrix of a picture.
struct Panel {
  std::string title;
  /// [rows, columns] of the picture, row-major.
  std::vector<float> values;
};

/// A grid of matrices in one colour scale: what a heat map shows, however it is drawn.
struct Picture {
  std::string title;
  /// Of the first panel, for the name of its file.
  std::int64_t layer = 0;
  HeadLabel head = std::int64_t{0};
  std::size_t rows = 0;
  std::size_t columns = 0;
  /// All panels have the same shape; they fill the grid row by row.
  std::vector<Panel> panels;
  std::size_t panels_per_row = 1;
  /// One for each row and column of a panel; empty where indices will do.
  std::vector<std::string> row_labels;
  std::vector<std::string> column_labels;
  std::string row_axis = "Query";
  std::string column_axis = "Key";
  /// The values at both ends of the colour scale; low > 0 where it is logarithmic.
  double low = 0.0;
  double high = 1.0;
  ColorScale scale = ColorScale::linear;
  /// `viridis`, `cividis`, `gray`.
  std::string color_map = "viridis";
  /// Numbers in the cells.
  bool annotate = false;
};

/// Sets both ends of the colour scale by the values that are there: from 0, or the smallest power
/// of ten no further below the largest than 10^-5, to the largest.
void fit_range(Picture& picture);

}  // namespace attngraph
