#include "writers/pictures/bars/shaded_text.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/text.hpp"
#include "writers/pictures/bars/shown_bars.hpp"
#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr double font = 12;
constexpr double line = 22;
constexpr double padding = 4;
constexpr double between = 2;
constexpr std::size_t label_columns = 24;
constexpr Rgb dark{0x08, 0x45, 0x94};

/// White for 0, dark blue for 1.
Rgb ground(double share) {
  const auto mixed = [share](std::uint8_t end) {
    return static_cast<std::uint8_t>(std::lround(255 - share * (255 - end)));
  };
  return {mixed(dark.red), mixed(dark.green), mixed(dark.blue)};
}

}  // namespace

ShadedText::ShadedText(const std::vector<std::string>& labels, double width) : labels_(labels) {
  double x = 0, y = 0;
  for (const std::string& label : labels) {
    std::string text = shown_token(label, label_columns);
    const double taken = text_length(text, font) + 2 * padding;
    if (x > 0 && x + taken > width) {
      x = 0;
      y += line;
    }
    boxes_.push_back({x, y, taken, std::move(text)});
    x += taken + between;
  }
}

double ShadedText::height() const { return boxes_.empty() ? 0 : boxes_.back().y + line; }

void ShadedText::draw(const std::vector<double>& values, double largest, const std::string& name,
                      double x, double y, SvgCanvas& canvas) const {
  canvas.begin_group("text");
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    const Box& box = boxes_[i];
    const double share = std::isfinite(values[i]) ? std::clamp(values[i] / largest, 0.0, 1.0) : 0;
    const std::string tooltip = std::to_string(i) + " " + visible_text(labels_[i]) + ": " + name +
                                " " + bar_text(values[i]);
    const double top = y + box.y + (line - font) / 2 - padding;
    canvas.box(x + box.x, top, box.width, font + 2 * padding, 3,
               {.fill = ground(share), .tooltip = tooltip});
    canvas.text(x + box.x + box.width / 2, y + box.y + line / 2, box.text,
                {.size = font,
                 .anchor = Anchor::middle,
                 .color = contrast_color(ground(share)),
                 .tooltip = tooltip});
  }
  canvas.end_group();
}

}  // namespace attngraph
