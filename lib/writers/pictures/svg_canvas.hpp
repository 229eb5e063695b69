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

  /// With rounded corners.
  void box(double x, double y, double width, double height, double radius, const ShapeStyle& style);
  void circle(double x, double y, double radius, const ShapeStyle& style);
  void path(const Path& path, const ShapeStyle& style);
  /// What is drawn until end_group() belongs together.
  void begin_group(const std::string& name);
  void end_group() { text_ += "</g>\n"; }

  /// The whole file.
  std::string file() const { return text_ + "</svg>\n"; }

 private:
  std::string text_;

  /// The end of an element whose attributes are written up to here.
  void finish_shape(const char* name, const ShapeStyle& style);
};

}  // namespace attngraph
