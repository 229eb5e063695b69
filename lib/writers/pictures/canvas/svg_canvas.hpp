#pragma once

#include <string>

#include "writers/pictures/canvas/canvas.hpp"
#include "writers/pictures/canvas/image.hpp"

namespace attngraph {

/// Draws into an SVG file, in units of one CSS pixel from the top left corner.
class SvgCanvas {
 public:
  SvgCanvas(double width, double height, const std::string& title);

  void rectangle(double x, double y, double width, double height, Rgb color);
  /// The outline, one unit wide.
  void frame(double x, double y, double width, double height, Rgb color);
  /// `y` is the middle of the line; for upward text `x` is.
  void text(double x, double y, const std::string& text, const TextStyle& style);
  /// A PNG or JPEG file inside this one, stretched to the rectangle.
  void image(double x, double y, double width, double height, const std::string& file,
             double opacity = 1);
  /// `cells` with one pixel for each cell, stretched to the rectangle with hard edges.
  /// @param enlarged so many times in the file, since not every program that shows it keeps edges
  void cells(double x, double y, double width, double height, const Image& cells,
             std::size_t enlarged = 8, double opacity = 1);

  /// With rounded corners.
  void box(double x, double y, double width, double height, double radius, const ShapeStyle& style);
  void circle(double x, double y, double radius, const ShapeStyle& style);
  void path(const Path& path, const ShapeStyle& style);
  /// What is drawn until end_group() belongs together.
  void begin_group(const std::string& name, double opacity = 1, const std::string& tooltip = {});
  void end_group() { text_ += "</g>\n"; }

  /// The whole file.
  /// @param width enlarges or reduces all to so many CSS pixels across; 0 leaves it as it is
  std::string file(std::size_t width = 0) const;

 private:
  double width_;
  double height_;
  std::string title_;
  std::string text_;

  /// The end of an element whose attributes are written up to here.
  void finish_shape(const char* name, const ShapeStyle& style);
};

}  // namespace attngraph
