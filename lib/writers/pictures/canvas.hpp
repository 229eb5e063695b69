#pragma once

#include <string>

#include "writers/pictures/image.hpp"

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
};

/// A surface to draw on, in units of one CSS pixel from the top left corner.
class Canvas {
 public:
  virtual ~Canvas() = default;

  virtual void rectangle(double x, double y, double width, double height, Rgb color) = 0;
  /// The outline, one unit wide.
  virtual void frame(double x, double y, double width, double height, Rgb color) = 0;
  /// `y` is the middle of the line; for upward text `x` is.
  virtual void text(double x, double y, const std::string& text, const TextStyle& style) = 0;
  /// `cells` with one pixel for each cell, stretched to the rectangle with hard edges.
  virtual void cells(double x, double y, double width, double height, const Image& cells) = 0;
};

}  // namespace attngraph
