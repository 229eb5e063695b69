#include "writers/pictures/heatmap_drawing.hpp"

#include <algorithm>

#include "report/answer/picture.hpp"
#include "writers/pictures/axis.hpp"
#include "writers/pictures/heatmap_layout.hpp"
#include "writers/pictures/svg_canvas.hpp"

namespace attngraph {
namespace {

constexpr Rgb frame_color{0x88, 0x88, 0x88};
constexpr Rgb faint{0x55, 0x55, 0x55};

Image colored_cells(const Picture& picture, const Panel& panel, const ColorMap& map) {
  Image image(picture.columns, picture.rows);
  for (std::size_t i = 0; i < panel.values.size(); ++i) {
    image.pixels[i] = map(color_share(picture, static_cast<double>(panel.values[i])));
  }
  return image;
}

class HeatmapDrawing {
 public:
  HeatmapDrawing(const Picture& picture, const HeatmapLayout& layout, SvgCanvas& canvas)
      : picture_(picture), layout_(layout), canvas_(canvas), map_(picture.color_map) {}

  void draw() {
    if (!picture_.title.empty()) {
      canvas_.text(gap, gap + label_line, picture_.title, {.size = title_font});
    }
    for (std::size_t i = 0; i < picture_.panels.size(); ++i) draw_panel(i);
    draw_axis_names();
    draw_scale();
  }

 private:
  const Picture& picture_;
  const HeatmapLayout& layout_;
  SvgCanvas& canvas_;
  ColorMap map_;

  void draw_panel(std::size_t i) {
    const double x = layout_.panel_x(i);
    const double y = layout_.panel_y(i);
    const Image cells = colored_cells(picture_, picture_.panels[i], map_);
    canvas_.text(x, y - label_line * 0.75, picture_.panels[i].title, {});
    canvas_.cells(x, y, layout_.panel_width, layout_.panel_height, cells);
    canvas_.frame(x, y, layout_.panel_width, layout_.panel_height, frame_color);
    if (picture_.annotate) draw_numbers(x, y, picture_.panels[i], cells);
    if (i % layout_.grid_columns == 0) draw_row_labels(x, y);
    if (i + layout_.grid_columns >= picture_.panels.size()) {
      draw_column_labels(x, y + layout_.panel_height);
    }
  }

  void draw_numbers(double x, double y, const Panel& panel, const Image& cells) {
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      const auto row = static_cast<double>(i / picture_.columns);
      const auto col = static_cast<double>(i % picture_.columns);
      canvas_.text(x + (col + 0.5) * layout_.cell, y + (row + 0.5) * layout_.cell,
                   cell_text(static_cast<double>(panel.values[i])),
                   {.anchor = Anchor::middle, .color = contrast_color(cells.pixels[i])});
    }
  }

  void draw_row_labels(double x, double y) {
    for (std::size_t i = 0; i < picture_.rows; i += layout_.row_step) {
      canvas_.text(x - gap, y + (static_cast<double>(i) + 0.5) * layout_.cell,
                   axis_label(picture_.row_labels, i, layout_.row_step, layout_.label_columns),
                   {.anchor = Anchor::end});
    }
  }

  void draw_column_labels(double x, double y) {
    for (std::size_t i = 0; i < picture_.columns; i += layout_.column_step) {
      canvas_.text(
          x + (static_cast<double>(i) + 0.5) * layout_.cell, y + gap,
          axis_label(picture_.column_labels, i, layout_.column_step, layout_.label_columns),
          {.anchor = Anchor::end, .upward = true});
    }
  }

  void draw_axis_names() {
    const double bottom = layout_.panel_y(picture_.panels.size() - 1) + layout_.panel_height;
    const double right = layout_.panel_x(layout_.grid_columns - 1) + layout_.panel_width;
    canvas_.text(gap + label_line / 2, (layout_.top + bottom) / 2, picture_.row_axis,
                 {.anchor = Anchor::middle, .upward = true, .color = faint});
    canvas_.text((layout_.left + right) / 2, layout_.height - gap - label_line / 2,
                 picture_.column_axis, {.anchor = Anchor::middle, .color = faint});
  }

  void draw_scale() {
    const double x = layout_.scale_x;
    const double bottom = layout_.panel_y(picture_.panels.size() - 1) + layout_.panel_height;
    const double height = std::clamp(bottom - layout_.top, 5 * label_line, 240.0);
    constexpr std::size_t steps = 120;
    Image colors(1, steps);
    for (std::size_t i = 0; i < steps; ++i) {
      colors.pixels[i] = map_(1 - (static_cast<double>(i) + 0.5) / steps);
    }
    canvas_.cells(x, layout_.top, bar_width, height, colors);
    canvas_.frame(x, layout_.top, bar_width, height, frame_color);
    for (const auto& [value, text] : scale_ticks(picture_)) {
      const double y = layout_.top + (1 - color_share(picture_, value)) * height;
      canvas_.rectangle(x + bar_width, y - 0.5, 4, 1, frame_color);
      canvas_.text(x + bar_width + gap, y, text, {});
    }
  }
};

}  // namespace

std::string heatmap_svg(const Picture& picture, std::size_t width) {
  const HeatmapLayout layout = heatmap_layout(picture, width);
  SvgCanvas canvas(layout.width, layout.height, picture.title);
  HeatmapDrawing(picture, layout, canvas).draw();
  return canvas.file(width);
}

}  // namespace attngraph
