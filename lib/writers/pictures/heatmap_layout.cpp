#include "writers/pictures/heatmap_layout.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/axis.hpp"

namespace attngraph {
namespace {

constexpr double annotated_cell = 28;
constexpr double largest_cell = 40;
/// How much larger than wished a panel may be so that all names fit.
constexpr double patience = 1.5;
constexpr std::size_t longest_label = 16;

/// The side of a panel that cells fill, the smaller the more panels there are.
double wished_side(std::size_t panels) {
  if (panels == 1) return 480;
  return panels <= 4 ? 300 : panels <= 16 ? 200 : 120;
}

double text_length(const std::string& text) {
  return label_column * static_cast<double>(display_width(text));
}

double longest(const std::vector<std::string>& labels, std::size_t count, std::size_t step,
               std::size_t width) {
  double length = 0;
  for (std::size_t i = 0; i < count; i += step) {
    length = std::max(length, text_length(axis_label(labels, i, step, width)));
  }
  return length;
}

/// Whether cells may grow beyond what is wished so that every token gets its name.
enum class Names { as_there_is_room, all_if_they_fit };

/// @param side what the cells of a panel should fill
void set_cells(HeatmapLayout& layout, const Picture& picture, double side, Names names) {
  const auto larger = static_cast<double>(std::max(picture.rows, picture.columns));
  layout.cell = std::floor(std::clamp(side / larger, 1.0, largest_cell));
  const bool named = !picture.row_labels.empty() || !picture.column_labels.empty();
  if (named && names == Names::all_if_they_fit && label_line * larger <= patience * side) {
    layout.cell = std::max(layout.cell, label_line);  // every token gets its name
  }
  if (picture.annotate) layout.cell = std::max(layout.cell, annotated_cell);
  layout.panel_width = layout.cell * static_cast<double>(picture.columns);
  layout.panel_height = layout.cell * static_cast<double>(picture.rows);
  layout.row_step = label_step(picture.rows, layout.cell, label_line);
  layout.column_step = label_step(picture.columns, layout.cell, label_line);
}

double longest_title(const Picture& picture) {
  double length = 0;
  for (const auto& panel : picture.panels) length = std::max(length, text_length(panel.title));
  return length;
}

double longest_tick(const Picture& picture) {
  double length = 0;
  for (const auto& [value, text] : scale_ticks(picture)) {
    length = std::max(length, text_length(text));
  }
  return length;
}

HeatmapLayout layout_of(const Picture& picture, double side, Names names) {
  HeatmapLayout layout;
  set_cells(layout, picture, side, names);
  layout.grid_columns = std::max<std::size_t>(picture.panels_per_row, 1);
  layout.grid_rows = (picture.panels.size() + layout.grid_columns - 1) / layout.grid_columns;
  layout.label_columns = longest_label;
  layout.label_height =
      longest(picture.column_labels, picture.columns, layout.column_step, layout.label_columns) +
      gap;
  layout.left = 3 * gap + label_line +
                longest(picture.row_labels, picture.rows, layout.row_step, layout.label_columns);
  layout.top = gap + (picture.title.empty() ? 0 : 2 * label_line) + 1.5 * label_line;
  const double titled_width = std::max(layout.panel_width, longest_title(picture));
  layout.stride_x = titled_width + 2 * gap;
  layout.stride_y = layout.panel_height + 2 * label_line;
  layout.scale_x = layout.panel_x(layout.grid_columns - 1) + titled_width + 2 * gap;
  const double title_length = 0.6 * title_font * static_cast<double>(display_width(picture.title));
  layout.width = std::ceil(std::max(layout.scale_x + bar_width + gap + longest_tick(picture) + gap,
                                    title_length + 2 * gap));
  const double last_row = layout.top + layout.stride_y * static_cast<double>(layout.grid_rows - 1);
  layout.height =
      std::ceil(last_row + layout.panel_height + layout.label_height + label_line + 2 * gap);
  return layout;
}

}  // namespace

HeatmapLayout heatmap_layout(const Picture& picture, std::size_t width) {
  const auto layout =
      layout_of(picture, wished_side(picture.panels.size()), Names::all_if_they_fit);
  if (width == 0) return layout;
  const auto panels = static_cast<double>(layout.grid_columns);
  const double around = layout.width - panels * layout.panel_width;
  const double side = (static_cast<double>(width) - around) / panels;
  return layout_of(picture, side, Names::as_there_is_room);
}

}  // namespace attngraph
