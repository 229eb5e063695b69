#include "writers/pictures/heatmap/heatmap_layout.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/heatmap/axis.hpp"
#include "writers/pictures/heatmap/legend.hpp"

namespace attngraph {
namespace {

constexpr double annotated_cell = 28;
constexpr double largest_cell = 64;
/// Names of rows in the smallest print.
constexpr double smallest_named_cell = 8;
/// How much larger than wished a panel may be so that all names fit.
constexpr double patience = 1.7;
constexpr double bars_height = 28;
constexpr double dendrogram_height = 72;

/// The side of a panel that cells fill, the smaller the more panels there are.
double wished_side(std::size_t panels) {
  if (panels == 1) return 480;
  return panels <= 4 ? 300 : panels <= 16 ? 200 : 120;
}

/// The longest name of so many rows or columns.
double longest(const AxisNames& names, std::size_t count, double size) {
  double length = 0;
  for (std::size_t i = 0; i < count; i += names.step) {
    length = std::max(length, text_length(names.of(i), size));
  }
  return length;
}

double longest(const std::vector<std::string>& texts) {
  double length = 0;
  for (const std::string& text : texts) length = std::max(length, text_length(text, text_size));
  return length;
}

/// Whether cells may grow beyond what is wished so that every token gets its name.
enum class Names { as_there_is_room, all_if_they_fit };

double cell_size(const HeatMap& map, double side, Names names) {
  const auto larger = static_cast<double>(std::max(map.rows, map.columns));
  double cell = std::floor(std::clamp(side / larger, 1.0, largest_cell));
  const bool named = !map.row_labels.empty() || !map.column_labels.empty();
  if (named && names == Names::all_if_they_fit) {
    const double affordable = std::floor(patience * side / larger);
    if (affordable >= smallest_named_cell) {
      cell = std::max(cell, std::min(affordable, label_line));
    }
  }
  return map.annotate ? std::max(cell, annotated_cell) : cell;
}

/// @param side what the cells of a panel should fill
void set_cells(HeatmapLayout& layout, const HeatMap& map, double side, Names names) {
  layout.cell = cell_size(map, side, names);
  layout.panel_width = layout.cell * static_cast<double>(map.columns);
  layout.panel_height = layout.cell * static_cast<double>(map.rows);
  const bool small = layout.cell >= smallest_named_cell && layout.cell < label_line;
  layout.label_size = small ? layout.cell / label_line * text_size : text_size;
  const double line = small ? layout.cell : label_line;
  layout.row_step = label_step(map.rows, layout.cell, line);
  layout.column_step = label_step(map.columns, layout.cell, line);
  const double length = longest(layout.column_names(map), map.columns, layout.label_size);
  layout.flat_labels = length + gap / 2 <= layout.cell * static_cast<double>(layout.column_step);
  layout.label_height = (layout.flat_labels ? label_line : length) + gap;
}

/// Rows of texts above and beside the panels.
void set_grid(HeatmapLayout& layout, const HeatMap& map) {
  layout.grid_columns = std::max<std::size_t>(map.panels_per_row, 1);
  layout.grid_rows = (map.panels.size() + layout.grid_columns - 1) / layout.grid_columns;
  const bool sums = !map.panels.empty() && !map.panels.front().column_sums.empty();
  layout.sums_height = sums ? bars_height : 0;
  layout.tree_height = map.tree.empty() ? 0 : dendrogram_height;
  layout.left = 3 * gap + label_line + (map.grid_rows.empty() ? 0 : label_line + gap) +
                std::max(longest(layout.row_names(map), map.rows, layout.label_size),
                         sums ? text_length("received", text_size) : 0);
  const bool titles = map.panels.size() > 1 && map.grid_columns.empty();
  std::vector<std::string> names = map.grid_columns;
  if (titles) {
    for (const Panel& panel : map.panels) names.push_back(panel.title);
  }
  layout.stride_x = std::max(layout.panel_width, longest(names)) + (titles ? 2 : 1.5) * gap;
  layout.stride_y =
      layout.panel_height + layout.sums_height + (titles ? 2 * label_line : 1.5 * gap);
}

/// A single panel's title is the picture's, too.
std::string title_of(const Picture& picture, const HeatMap& map) {
  if (map.panels.size() != 1 || map.panels.front().title.empty()) return picture.title;
  const std::string& panel = map.panels.front().title;
  return picture.title.empty() ? panel : picture.title + ", " + panel;
}

HeatmapLayout layout_of(const Picture& picture, const HeatMap& map, const std::string& source,
                        double side, Names names) {
  HeatmapLayout layout;
  set_cells(layout, map, side, names);
  set_grid(layout, map);
  const auto columns = static_cast<double>(layout.grid_columns);
  const auto rows = static_cast<double>(layout.grid_rows);
  const double grid_height = layout.stride_y * (rows - 1) + layout.panel_height;
  layout.legend_x = layout.left + layout.stride_x * columns + gap;
  layout.scale_height = std::clamp(grid_height, 7 * label_line, 240.0);
  layout.width = std::ceil(layout.legend_x + legend_width(map, layout.scale_height) + gap);
  std::vector<std::string> details{source};
  details.insert(details.end(), picture.details.begin(), picture.details.end());
  layout.header = header_of(title_of(picture, map), details, layout.width);
  layout.top = layout.header.height() + 2 * label_line + layout.sums_height + layout.tree_height;
  const double below = layout.label_height + label_line + gap;
  layout.height =
      std::ceil(layout.top + gap +
                std::max(grid_height + below, layout.scale_height + legend_lines_height(map)));
  return layout;
}

}  // namespace

AxisNames HeatmapLayout::row_names(const HeatMap& map) const {
  return {map.row_labels, map.thinned, row_step, label_columns};
}

AxisNames HeatmapLayout::column_names(const HeatMap& map) const {
  return {map.column_labels, map.thinned, column_step, label_columns};
}

HeatmapLayout heatmap_layout(const Picture& picture, const HeatMap& map, const std::string& source,
                             double width) {
  const auto layout =
      layout_of(picture, map, source, wished_side(map.panels.size()), Names::all_if_they_fit);
  if (width == 0) return layout;
  const auto panels = static_cast<double>(layout.grid_columns);
  const double around = layout.width - panels * layout.panel_width;
  return layout_of(picture, map, source, (width - around) / panels, Names::as_there_is_room);
}

}  // namespace attngraph
