#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "writers/pictures/canvas/color_map.hpp"

namespace attngraph {

enum class Anchor { start, middle, end };

struct TextStyle {
  /// Height of the font; a column of a fixed-width text is 0.6 of it wide.
  double size = 10;
  /// Which part of the text stands at the given place.
  Anchor anchor = Anchor::start;
  /// Runs from the bottom to the top.
  bool upward = false;
  Rgb color{0x22, 0x22, 0x22};
  /// Degrees clockwise around the given place; `upward` is -90 of them.
  double turn = 0;
  bool bold = false;
  /// A white rim, for text that lies on lines.
  bool halo = false;
  double opacity = 1;
  /// Shown where the pointer rests.
  std::string tooltip = {};
};

/// How a shape looks: filled, as a line, or both.
struct ShapeStyle {
  std::optional<Rgb> fill = {};
  std::optional<Rgb> line = {};
  double line_width = 1;
  /// Of fill and line, 0 … 1.
  double opacity = 1;
  bool dashed = false;
  /// Shown where the pointer rests.
  std::string tooltip = {};
};

/// Lines and cubic curves, one after the other, in the notation of SVG with two decimals.
class Path {
 public:
  Path& move_to(double x, double y) { return step('M', {x, y}); }
  Path& line_to(double x, double y) { return step('L', {x, y}); }
  /// A Bézier curve with two control points.
  Path& curve_to(double x1, double y1, double x2, double y2, double x, double y) {
    return step('C', {x1, y1, x2, y2, x, y});
  }
  Path& close() { return step('Z', {}); }

  const std::string& text() const { return text_; }

 private:
  std::string text_;

  Path& step(char command, std::initializer_list<double> numbers);
};

}  // namespace attngraph
