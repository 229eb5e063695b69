#pragma once

#include <string>

#include "writers/pictures/canvas.hpp"

namespace attngraph {

/// Draws into an SVG file.
class SvgCanvas : public Canvas {
 public:
  SvgCanvas(double width, double height, const std::string& title);

  void rectangle(double x, double y, double width, double height, Rgb color) override;
  void frame(double x, double y, double width, double height, Rgb color) override;
  void text(double x, double y, const std::string& text, const TextStyle& style) override;
  /// Few cells become rectangles that can be edited, many an image inside the file.
  void cells(double x, double y, double width, double height, const Image& cells) override;

  /// The whole file.
  std::string file() const { return text_ + "</svg>\n"; }

 private:
  std::string text_;
};

}  // namespace attngraph
