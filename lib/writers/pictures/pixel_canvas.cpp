#include "writers/pictures/pixel_canvas.hpp"

#include <algorithm>
#include <cmath>

#include "core/text.hpp"
#include "writers/pictures/bitmap_font.hpp"

namespace attngraph {
namespace {

/// Font height of the bitmap glyphs as they are.
constexpr double glyph_size = 10;

}  // namespace

PixelCanvas::PixelCanvas(double width, double height, std::size_t scale)
    : image_(static_cast<std::size_t>(std::ceil(width)) * scale,
             static_cast<std::size_t>(std::ceil(height)) * scale),
      scale_(static_cast<double>(scale)) {}

/// In pixels; what lies outside the image is left out.
void PixelCanvas::fill(long x, long y, long width, long height, Rgb color) {
  const long right = std::min(x + width, static_cast<long>(image_.width));
  const long bottom = std::min(y + height, static_cast<long>(image_.height));
  for (long row = std::max(y, 0L); row < bottom; ++row) {
    for (long column = std::max(x, 0L); column < right; ++column) {
      image_.at(static_cast<std::size_t>(column), static_cast<std::size_t>(row)) = color;
    }
  }
}

void PixelCanvas::rectangle(double x, double y, double width, double height, Rgb color) {
  const long left = std::lround(x * scale_);
  const long top = std::lround(y * scale_);
  fill(left, top, std::lround((x + width) * scale_) - left,
       std::lround((y + height) * scale_) - top, color);
}

void PixelCanvas::frame(double x, double y, double width, double height, Rgb color) {
  rectangle(x - 1, y - 1, width + 2, 1, color);
  rectangle(x - 1, y + height, width + 2, 1, color);
  rectangle(x - 1, y, 1, height, color);
  rectangle(x + width, y, 1, height, color);
}

void PixelCanvas::text(double x, double y, const std::string& text, const TextStyle& style) {
  const long dot = std::max(1L, std::lround(style.size * scale_ / glyph_size));
  const auto length = static_cast<long>(display_width(text)) * glyph_advance * dot;
  long along = 0;  // from the begin of the text in its own direction
  if (style.anchor == Anchor::middle) along = -length / 2;
  if (style.anchor == Anchor::end) along = -length;
  const long origin_x = std::lround(x * scale_);
  const long origin_y = std::lround(y * scale_);
  const long above = glyph_middle * dot;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = take_character(rest);
    const auto columns = static_cast<long>(character_width(c));
    if (columns == 0) continue;
    const Glyph& glyph = glyph_of(c);
    for (long row = 0; row < glyph_rows; ++row) {
      for (long column = 0; column < glyph_columns; ++column) {
        if ((glyph[static_cast<std::size_t>(row)] >> (glyph_columns - 1 - column) & 1) == 0)
          continue;
        const long forward = along + column * dot;
        const long down = row * dot - above;
        if (style.upward) {
          fill(origin_x + down, origin_y - forward - dot, dot, dot, style.color);
        } else {
          fill(origin_x + forward, origin_y + down, dot, dot, style.color);
        }
      }
    }
    along += columns * glyph_advance * dot;
  }
}

void PixelCanvas::cells(double x, double y, double width, double height, const Image& cells) {
  const double cell_width = width / static_cast<double>(cells.width);
  const double cell_height = height / static_cast<double>(cells.height);
  for (std::size_t i = 0; i < cells.pixels.size(); ++i) {
    rectangle(x + static_cast<double>(i % cells.width) * cell_width,
              y + static_cast<double>(i / cells.width) * cell_height, cell_width, cell_height,
              cells.pixels[i]);
  }
}

}  // namespace attngraph
