#pragma once

#include <cstddef>
#include <string>

#include "writers/pictures/canvas.hpp"

namespace attngraph {

/// Draws into an image of `scale` pixels for each unit. Text is of a built-in bitmap font: what
/// that has not is a box.
class PixelCanvas : public Canvas {
 public:
  PixelCanvas(double width, double height, std::size_t scale);

  void rectangle(double x, double y, double width, double height, Rgb color) override;
  void frame(double x, double y, double width, double height, Rgb color) override;
  void text(double x, double y, const std::string& text, const TextStyle& style) override;
  void cells(double x, double y, double width, double height, const Image& cells) override;

  const Image& image() const { return image_; }

 private:
  Image image_;
  double scale_;

  void fill(long x, long y, long width, long height, Rgb color);
};

}  // namespace attngraph
