#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attention/head_label.hpp"

namespace attngraph {

enum class ColorScale { linear, logarithmic };

/// One matrix of a heat map.
struct Panel {
  std::string title;
  /// [rows, columns] of the heat map, row-major; NaN where there is nothing to see (masked).
  std::vector<float> values;
  /// Of every column, drawn as bars above it; empty where nobody asked.
  std::vector<double> column_sums = {};
  /// Texts in the cells; empty where there are none.
  std::vector<std::string> texts = {};

  /// All of a struct's members in one order, for who packs and who unpacks it.
  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.title, self.values, self.column_sums, self.texts);
  }
};

/// Two branches of a tree that become one, as in SciPy's linkage: 0 is the first leaf, and branch
/// `leaves + i` is made by joint i.
struct Joint {
  std::size_t left = 0;
  std::size_t right = 0;
  double height = 0;
};

/// What names a row or column where there is no room for the labels of all: its index, or the label
/// where the index says nothing.
enum class Thinned { to_indices, to_labels };

/// A grid of matrices in one colour scale.
struct HeatMap {
  std::size_t rows = 0;
  std::size_t columns = 0;
  /// All panels have the same shape; they fill the grid row by row.
  std::vector<Panel> panels;
  std::size_t panels_per_row = 1;
  /// What the panels in a row and in a column of the grid have in common, in place of their titles;
  /// empty where that is nothing.
  std::vector<std::string> grid_rows;
  std::vector<std::string> grid_columns;
  /// One for each row and column of a panel; empty where indices will do.
  std::vector<std::string> row_labels;
  std::vector<std::string> column_labels;
  Thinned thinned = Thinned::to_indices;
  std::string row_axis = "Query";
  std::string column_axis = "Key";
  /// What a colour says.
  std::string value_name = "weight";
  /// The values at both ends of the colour scale; low > 0 where it is logarithmic. Larger values
  /// have the colour of the end.
  double low = 0.0;
  double high = 1.0;
  /// The largest value of all.
  double largest = 1.0;
  ColorScale scale = ColorScale::linear;
  /// `viridis`, `cividis`, `gray`.
  std::string color_map = "viridis";
  /// Numbers in the cells.
  bool annotate = false;
  /// What texts in the cells mean: sign and meaning.
  std::vector<std::pair<std::string, std::string>> signs;
  /// How columns are alike, its leaves in the order of the columns; empty where there is no tree.
  std::vector<Joint> tree;
  /// A PNG or JPEG file that lies under the panels; empty where there is none.
  std::string image;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.rows, self.columns, self.panels, self.panels_per_row, self.grid_rows,
          self.grid_columns, self.row_labels, self.column_labels, self.thinned, self.row_axis,
          self.column_axis, self.value_name, self.low, self.high, self.largest, self.scale,
          self.color_map, self.annotate, self.signs, self.tree, self.image);
  }
};

/// One value for each of the tokens that several groups share.
struct BarGroup {
  /// What is particular of it; may be empty.
  std::string title;
  /// What a value is; groups that say the same have one scale.
  std::string value_name;
  /// NaN where there is none.
  std::vector<double> values;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.title, self.value_name, self.values);
  }
};

/// Bars over tokens.
struct Bars {
  /// One for each value.
  std::vector<std::string> labels;
  /// The labels are a text in reading order: it is shown, too, shaded by the values.
  bool text = false;
  std::vector<BarGroup> groups;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.labels, self.text, self.groups);
  }
};

/// A line through points, from the left to the right.
struct ShareCurve {
  std::string name;
  std::vector<double> x;
  std::vector<double> y;
  /// The point that is asked about, from 1 on; 0 where none is.
  std::size_t marked = 0;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.name, self.x, self.y, self.marked);
  }
};

/// Curves over one axis, of shares unless other ends are given.
struct Curves {
  std::string x_axis;
  std::string y_axis;
  std::vector<ShareCurve> curves;
  double first_x = 0;
  double last_x = 1;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.x_axis, self.y_axis, self.curves, self.first_x, self.last_x);
  }
};

/// From where to where on an axis something is, and of which kind.
struct BarcodeBar {
  std::size_t kind = 0;
  double begin = 0;
  double end = 0;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.kind, self.begin, self.end);
  }
};

struct BarcodePanel {
  /// What is particular of it; may be empty.
  std::string title;
  std::vector<BarcodeBar> bars;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.title, self.bars);
  }
};

/// Bars below each other over an axis from 0 to 1, coloured by their kinds.
struct Barcode {
  std::string axis;
  /// What each kind is.
  std::vector<std::string> kinds;
  std::vector<BarcodePanel> panels;

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.axis, self.kinds, self.panels);
  }
};

/// Something to look at, however it is drawn. A further kind is a struct with `members` here, and a
/// function that draws it in writers/pictures/picture_svg.cpp.
struct Picture {
  std::string title;
  /// What is said beside the title: direction, what was left out.
  std::vector<std::string> details = {};
  /// Of what it shows first, for the name of its file.
  std::int64_t layer = 0;
  HeadLabel head = std::int64_t{0};
  std::variant<HeatMap, Bars, Curves, Barcode> content = {};

  template <typename Self, typename Visit>
  static void members(Self& self, const Visit& visit) {
    visit(self.title, self.details, self.layer, self.head, self.content);
  }
};

/// Where the colours of a heat map end unless the user says it: at its largest value (100), with
/// many tokens below the few that would leave all others dark.
double usual_percentile(const HeatMap& map);

/// Says in the picture's details where the colours of its heat map end, if something lies beyond.
/// @param values what they are: weights
void tell_percentile(Picture& picture, const HeatMap& map, double percentile,
                     const std::string& values);

/// Panels of a row, so that so many fill a grid that is nearly square.
std::size_t near_square(std::size_t panels);

/// Sets both ends of the colour scale by the values that are there: from 0, or the smallest power
/// of ten no further below the end than 10^-5, to a percentile of the values above 0 (100: the
/// largest).
void fit_range(HeatMap& map, double percentile = 100);

}  // namespace attngraph
