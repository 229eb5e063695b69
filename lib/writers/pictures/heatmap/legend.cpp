#include "writers/pictures/heatmap/legend.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/pictures/heatmap/heatmap_layout.hpp"
#include "writers/pictures/heatmap/scale.hpp"

namespace attngraph {
namespace {

constexpr Rgb frame_color{0x88, 0x88, 0x88};
constexpr double line = 14;

/// A line below the colour scale: a sign or a colour, and what it means.
struct Line {
  std::string sign;
  std::optional<Rgb> color;
  std::string meaning;
};

bool has_masked(const HeatMap& map) {
  return std::any_of(map.panels.begin(), map.panels.end(), [](const Panel& panel) {
    return std::any_of(panel.values.begin(), panel.values.end(),
                       [](float value) { return std::isnan(value); });
  });
}

std::vector<Line> lines_of(const HeatMap& map) {
  std::vector<Line> lines;
  if (map.largest > map.high) lines.push_back({"", {}, "up to " + rounded_text(map.largest, 3)});
  if (has_masked(map)) lines.push_back({"", masked_color(map), "masked"});
  for (const auto& [sign, meaning] : map.signs) lines.push_back({sign, {}, meaning});
  return lines;
}

std::vector<std::pair<double, std::string>> ticks_of(const HeatMap& map, double scale_height) {
  return scale_ticks(map, label_line / scale_height);
}

}  // namespace

Rgb masked_color(const HeatMap& map) {
  return map.color_map == "gray" ? Rgb{0xc9, 0xdd, 0xf0} : Rgb{0xe4, 0xe4, 0xe4};
}

double legend_width(const HeatMap& map, double scale_height) {
  double width = text_length(map.value_name, text_size);
  for (const auto& [value, text] : ticks_of(map, scale_height)) {
    width = std::max(width, bar_width + gap + text_length(text, text_size));
  }
  for (const Line& one : lines_of(map)) {
    const bool marked = one.color || !one.sign.empty();
    width = std::max(width, (marked ? bar_width + gap : 0) + text_length(one.meaning, text_size));
  }
  return width;
}

double legend_lines_height(const HeatMap& map) {
  return gap + line * static_cast<double>(lines_of(map).size());
}

void draw_legend(const HeatMap& map, const HeatmapLayout& layout, SvgCanvas& canvas) {
  constexpr std::size_t steps = 120;
  const double x = layout.legend_x, top = layout.top, height = layout.scale_height;
  const ColorMap colors(map.color_map);
  Image scale(1, steps);
  for (std::size_t i = 0; i < steps; ++i) {
    scale.pixels[i] = colors(1 - (static_cast<double>(i) + 0.5) / steps);
  }
  canvas.text(x, top - label_line * 0.9, map.value_name, {.size = text_size});
  canvas.cells(x, top, bar_width, height, scale);
  canvas.frame(x, top, bar_width, height, frame_color);
  for (const auto& [value, text] : ticks_of(map, height)) {
    const double y = top + (1 - color_share(map, value)) * height;
    canvas.rectangle(x + bar_width, y - 0.5, 4, 1, frame_color);
    canvas.text(x + bar_width + gap, y, text, {.size = text_size});
  }
  double y = top + height + gap + line / 2;
  for (const Line& one : lines_of(map)) {
    const bool marked = one.color || !one.sign.empty();
    if (one.color) {
      canvas.rectangle(x, y - 5, bar_width, 10, *one.color);
      canvas.frame(x, y - 5, bar_width, 10, frame_color);
    }
    canvas.text(x + bar_width / 2, y, one.sign, {.size = text_size, .anchor = Anchor::middle});
    canvas.text(x + (marked ? bar_width + gap : 0), y, one.meaning, {.size = text_size});
    y += line;
  }
}

}  // namespace attngraph
