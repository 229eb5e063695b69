#include "writers/pictures/curves/curves_drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/canvas/color_map.hpp"
#include "writers/pictures/canvas/header.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"

namespace attngraph {
namespace {

constexpr double left = 64, bottom = 44, legend_width = 130, margin = 12;
constexpr double plot_width = 460, plot_height = 320;
constexpr double font = 10;
constexpr double legend_line = 16;
constexpr int ticks = 4;
/// The light end of a colour map is hard to see on white.
constexpr double darkest_part = 0.85;
constexpr Rgb faint{0x55, 0x55, 0x55}, grid_color{0xdd, 0xdd, 0xdd}, frame_color{0x88, 0x88, 0x88};

/// The first round number above every value.
double round_end(const Curves& curves) {
  double largest = 0;
  for (const ShareCurve& curve : curves.curves) {
    for (const double y : curve.y) largest = std::max(largest, std::isfinite(y) ? y : 0);
  }
  constexpr std::array<double, 7> ends{0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1};
  for (const double end : ends) {
    if (largest <= end) return end;
  }
  constexpr std::array<double, 10> multiples{1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10};
  const double scale = std::pow(10, std::floor(std::log10(largest)));
  for (const double multiple : multiples) {
    if (largest <= multiple * scale) return multiple * scale;
  }
  return largest;
}

std::string tick_text(double value) {
  return value < 1000 ? rounded_text(value, 3) : number_text(value);
}

class CurvesDrawing {
 public:
  CurvesDrawing(const Picture& picture, const Curves& curves, const std::string& source)
      : curves_(curves), end_(round_end(curves)), colors_("viridis") {
    std::vector<std::string> details = picture.details;
    details.push_back(source);
    header_ = header_of(picture.title, details, width());
    top_ = header_.height() + margin;
  }

  std::string svg(std::size_t asked_width) {
    const double legend = legend_line * static_cast<double>(curves_.curves.size());
    SvgCanvas canvas(width(), top_ + std::max(plot_height + bottom, legend) + margin,
                     header_.title);
    header_.draw(canvas);
    draw_axes(canvas);
    for (std::size_t i = 0; i < curves_.curves.size(); ++i) draw_curve(i, canvas);
    return canvas.file(asked_width);
  }

 private:
  const Curves& curves_;
  double end_;
  ColorMap colors_;
  Header header_;
  double top_ = 0;

  static double width() { return left + plot_width + legend_width; }
  double x_of(double value) const {
    const double range = curves_.last_x - curves_.first_x;
    const double share = range > 0 ? (value - curves_.first_x) / range : 0.5;
    return left + plot_width * std::clamp(share, 0.0, 1.0);
  }
  double y_of(double value) const {
    return top_ + plot_height * (1 - std::clamp(value / end_, 0.0, 1.0));
  }
  Rgb color_of(std::size_t i) const {
    const auto last = static_cast<double>(std::max<std::size_t>(1, curves_.curves.size() - 1));
    return colors_(darkest_part * static_cast<double>(i) / last);
  }

  void draw_axes(SvgCanvas& canvas) const {
    for (int i = 0; i <= ticks; ++i) {
      const double share = static_cast<double>(i) / ticks;
      const double value = curves_.first_x + share * (curves_.last_x - curves_.first_x);
      const double x = x_of(value), y = y_of(share * end_);
      canvas.path(Path().move_to(x, top_).line_to(x, top_ + plot_height), {.line = grid_color});
      canvas.path(Path().move_to(left, y).line_to(left + plot_width, y), {.line = grid_color});
      canvas.text(x, top_ + plot_height + 12, rounded_text(value, 3),
                  {.size = font, .anchor = Anchor::middle});
      canvas.text(left - 6, y, tick_text(share * end_), {.size = font, .anchor = Anchor::end});
    }
    canvas.frame(left, top_, plot_width, plot_height, frame_color);
    canvas.text(left + plot_width / 2, top_ + plot_height + 30, curves_.x_axis,
                {.size = font, .anchor = Anchor::middle, .color = faint});
    canvas.text(margin + font / 2, top_ + plot_height / 2, curves_.y_axis,
                {.size = font, .anchor = Anchor::middle, .upward = true, .color = faint});
  }

  void draw_curve(std::size_t i, SvgCanvas& canvas) const {
    const ShareCurve& curve = curves_.curves[i];
    Path line;
    for (std::size_t p = 0; p < curve.x.size(); ++p) {
      const double x = x_of(curve.x[p]), y = y_of(curve.y[p]);
      p == 0 ? line.move_to(x, y) : line.line_to(x, y);
    }
    canvas.path(line, {.line = color_of(i), .line_width = 1.6, .tooltip = curve.name});
    if (curve.x.size() == 1 && curve.marked == 0) {  // a line of one point is not seen
      canvas.circle(x_of(curve.x[0]), y_of(curve.y[0]), 2,
                    {.fill = color_of(i), .tooltip = curve.name});
    }
    if (curve.marked > 0) {
      const double x = curve.x[curve.marked - 1], y = curve.y[curve.marked - 1];
      canvas.circle(x_of(x), y_of(y), 3.5,
                    {.fill = color_of(i),
                     .tooltip = curve.name + ": " + curves_.x_axis + " " + rounded_text(x, 3) +
                                ", " + curves_.y_axis + " " + rounded_text(y, 3)});
    }
    const double legend_x = left + plot_width + margin;
    const double y = top_ + legend_line * (static_cast<double>(i) + 0.5);
    canvas.path(Path().move_to(legend_x, y).line_to(legend_x + 18, y),
                {.line = color_of(i), .line_width = 2.5});
    canvas.text(legend_x + 24, y, shown_label(curve.name, 15), {.size = font});
  }
};

}  // namespace

std::string curves_svg(const Picture& picture, const Curves& curves,
                       const PictureSettings& settings) {
  return CurvesDrawing(picture, curves, settings.source).svg(settings.width);
}

}  // namespace attngraph
