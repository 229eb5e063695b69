#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "writers/pictures/canvas/color_map.hpp"

namespace attngraph {

/// Pixels [height, width], row by row from the top.
struct Image {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<Rgb> pixels;

  Image(std::size_t w, std::size_t h, Rgb color = {255, 255, 255})
      : width(w), height(h), pixels(w * h, color) {}

  Rgb& at(std::size_t x, std::size_t y) { return pixels[y * width + x]; }
};

/// The image as a PNG file, of a palette where it has no more than 256 colours.
/// @param enlarged so many pixels across and down for each
std::string png_bytes(const Image& image, std::size_t enlarged = 1);

}  // namespace attngraph
