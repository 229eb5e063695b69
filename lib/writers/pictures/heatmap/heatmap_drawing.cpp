#include "writers/pictures/heatmap/heatmap_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/pictures/heatmap/axis.hpp"
#include "writers/pictures/heatmap/dendrogram.hpp"
#include "writers/pictures/heatmap/heatmap_layout.hpp"
#include "writers/pictures/heatmap/legend.hpp"
#include "writers/pictures/heatmap/scale.hpp"

namespace attngraph {
namespace {

constexpr Rgb frame_color{0x88, 0x88, 0x88};
constexpr Rgb faint{0x55, 0x55, 0x55};
constexpr Rgb bar_color{0x5a, 0x7d, 0xa5};
/// Cells over an image let it through.
constexpr double over_image = 0.6;
/// Of all cells together, in the file.
constexpr std::size_t most_pixels = 32'000'000;
/// On a side of the image in a file, as libpng allows.
constexpr std::size_t longest_side = 1'000'000;
/// So many colours, and one for masked cells, are a small file.
constexpr double color_steps = 254;

/// How many pixels a cell has on a side: twice as large as it is shown, and some more for who looks
/// closely; less where there are very many. @throws LimitError where not even one is possible
std::size_t enlargement(const HeatMap& map, const HeatmapLayout& layout) {
  const std::size_t side = std::max(map.rows, map.columns);
  if (side > longest_side) {
    throw LimitError("",
                     "a heat map of " + std::to_string(map.rows) + " x " +
                         std::to_string(map.columns) +
                         " cells, expected at most 1,000,000 queries and keys",
                     "save the part to look at: numpy.save(file, array[..., :1000, :1000])");
  }
  const std::size_t cells = map.panels.size() * map.rows * map.columns;
  std::size_t pixels = std::max<std::size_t>(4, 2 * static_cast<std::size_t>(layout.cell));
  while (pixels > 1 && (pixels * pixels * cells > most_pixels || pixels * side > longest_side)) {
    pixels /= 2;
  }
  return pixels;
}

class HeatmapDrawing {
 public:
  HeatmapDrawing(const HeatMap& map, const HeatmapLayout& layout, SvgCanvas& canvas)
      : map_(map), layout_(layout), canvas_(canvas), colors_(map.color_map) {
    for (const Panel& panel : map.panels) {
      for (const double sum : panel.column_sums) largest_sum_ = std::max(largest_sum_, sum);
    }
    enlarged_ = enlargement(map, layout);
  }

  void draw() {
    layout_.header.draw(canvas_);
    for (std::size_t i = 0; i < map_.panels.size(); ++i) draw_panel(i);
    draw_grid_names();
    draw_axis_names();
    draw_dendrogram(
        map_.tree,
        {layout_.left, layout_.top - layout_.sums_height - 2, layout_.tree_height, layout_.cell},
        canvas_);
    draw_legend(map_, layout_, canvas_);
  }

 private:
  const HeatMap& map_;
  const HeatmapLayout& layout_;
  SvgCanvas& canvas_;
  ColorMap colors_;
  double largest_sum_ = 1e-300;
  std::size_t enlarged_ = 1;

  Image colored_cells(const Panel& panel) const {
    Image image(map_.columns, map_.rows, masked_color(map_));
    const bool few = static_cast<double>(panel.values.size()) <= color_steps;
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      const auto value = static_cast<double>(panel.values[i]);
      if (std::isnan(value)) continue;
      const double share = color_share(map_, value);
      image.pixels[i] = colors_(few ? share : std::round(share * color_steps) / color_steps);
    }
    return image;
  }

  void draw_panel(std::size_t i) {
    const Panel& panel = map_.panels[i];
    const double x = layout_.panel_x(i), y = layout_.panel_y(i);
    const Image cells = colored_cells(panel);
    if (map_.panels.size() > 1 && map_.grid_columns.empty()) {
      canvas_.text(x, y - layout_.sums_height - label_line * 0.75, panel.title, {});
    }
    if (!map_.image.empty()) {
      canvas_.image(x, y, layout_.panel_width, layout_.panel_height, map_.image);
    }
    canvas_.cells(x, y, layout_.panel_width, layout_.panel_height, cells, enlarged_,
                  map_.image.empty() ? 1 : over_image);
    canvas_.frame(x, y, layout_.panel_width, layout_.panel_height, frame_color);
    draw_sums(x, y, panel);
    draw_texts(x, y, panel, cells);
    if (i % layout_.grid_columns == 0) draw_row_labels(x, y);
    if (i + layout_.grid_columns >= map_.panels.size()) {
      draw_column_labels(x, y + layout_.panel_height);
    }
  }

  void draw_sums(double x, double y, const Panel& panel) {
    if (panel.column_sums.empty()) return;
    const double room = layout_.sums_height - 6;
    Path bars;
    for (std::size_t i = 0; i < panel.column_sums.size(); ++i) {
      const double left = x + static_cast<double>(i) * layout_.cell;
      const double right = left + layout_.cell * (layout_.cell >= 4 ? 0.85 : 1);
      const double top = y - 2 - room * panel.column_sums[i] / largest_sum_;
      bars.move_to(left, y - 2)
          .line_to(left, top)
          .line_to(right, top)
          .line_to(right, y - 2)
          .close();
    }
    canvas_.path(bars, {.fill = bar_color});
  }

  void draw_texts(double x, double y, const Panel& panel, const Image& cells) {
    if (!map_.annotate && panel.texts.empty()) return;
    const double size = std::clamp(0.35 * layout_.cell, text_size, 14.0);
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      const bool masked = std::isnan(panel.values[i]);
      const std::size_t whole_row = i / map_.columns;
      const auto row = static_cast<double>(whole_row);
      const auto column = static_cast<double>(i % map_.columns);
      const std::string text = !panel.texts.empty() ? panel.texts[i]
                               : masked             ? ""
                                        : cell_text(static_cast<double>(panel.values[i]));
      if (text.empty()) continue;
      canvas_.text(
          x + (column + 0.5) * layout_.cell, y + (row + 0.5) * layout_.cell, text,
          {.size = size, .anchor = Anchor::middle, .color = contrast_color(cells.pixels[i])});
    }
  }

  void draw_row_labels(double x, double y) {
    for (std::size_t i = 0; i < map_.rows; i += layout_.row_step) {
      canvas_.text(x - gap, y + (static_cast<double>(i) + 0.5) * layout_.cell,
                   layout_.row_names(map_).of(i),
                   {.size = layout_.label_size, .anchor = Anchor::end});
    }
    if (layout_.sums_height > 0) {
      const TextStyle style{.size = text_size, .anchor = Anchor::end, .color = faint};
      canvas_.text(x - gap, y - layout_.sums_height + label_line / 2, "received", style);
      canvas_.text(x - gap, y - layout_.sums_height + label_line * 1.5,
                   "to " + rounded_text(largest_sum_, 3), style);
    }
  }

  void draw_column_labels(double x, double y) {
    const bool flat = layout_.flat_labels;
    for (std::size_t i = 0; i < map_.columns; i += layout_.column_step) {
      canvas_.text(x + (static_cast<double>(i) + 0.5) * layout_.cell,
                   y + gap + (flat ? label_line / 4 : 0), layout_.column_names(map_).of(i),
                   {.size = layout_.label_size,
                    .anchor = flat ? Anchor::middle : Anchor::end,
                    .upward = !flat});
    }
  }

  void draw_grid_names() {
    for (std::size_t i = 0; i < map_.grid_columns.size(); ++i) {
      canvas_.text(layout_.panel_x(i) + layout_.panel_width / 2,
                   layout_.top - layout_.sums_height - label_line * 0.9, map_.grid_columns[i],
                   {.anchor = Anchor::middle});
    }
    for (std::size_t i = 0; i < map_.grid_rows.size(); ++i) {
      canvas_.text(2 * gap + label_line * 1.5,
                   layout_.panel_y(i * layout_.grid_columns) + layout_.panel_height / 2,
                   map_.grid_rows[i], {.anchor = Anchor::middle, .upward = true});
    }
  }

  void draw_axis_names() {
    const double bottom = layout_.panel_y(map_.panels.size() - 1) + layout_.panel_height;
    const double right = layout_.panel_x(layout_.grid_columns - 1) + layout_.panel_width;
    canvas_.text(gap + label_line / 2, (layout_.top + bottom) / 2, map_.row_axis,
                 {.anchor = Anchor::middle, .upward = true, .color = faint});
    canvas_.text((layout_.left + right) / 2, bottom + layout_.label_height + label_line / 2,
                 map_.column_axis, {.anchor = Anchor::middle, .color = faint});
  }
};

}  // namespace

std::string heatmap_svg(const Picture& picture, const HeatMap& map,
                        const PictureSettings& settings) {
  const HeatmapLayout layout =
      heatmap_layout(picture, map, settings.source, static_cast<double>(settings.width));
  SvgCanvas canvas(layout.width, layout.height, layout.header.title);
  HeatmapDrawing(map, layout, canvas).draw();
  return canvas.file(settings.width);
}

}  // namespace attngraph
