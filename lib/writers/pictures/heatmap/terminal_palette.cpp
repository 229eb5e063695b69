#include "writers/pictures/heatmap/terminal_palette.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>

namespace attngraph {
namespace {

/// The colour cube and the greys among a terminal's 256 colours.
Rgb palette_color(int index) {
  const auto level = [](int i) { return static_cast<std::uint8_t>(i == 0 ? 0 : 55 + 40 * i); };
  if (index < 232) {
    const int cube = index - 16;
    return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
  }
  const auto gray = static_cast<std::uint8_t>(8 + 10 * (index - 232));
  return {gray, gray, gray};
}

double lightness(Rgb color) { return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue; }

/// How unlike two colours are; a wrong lightness counts most.
double difference(Rgb a, Rgb b) {
  const double red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
  const double light = lightness(a) - lightness(b);
  return 4 * light * light + red * red + green * green + blue * blue;
}

int nearest(Rgb color) {
  int best = 16;
  double least = std::numeric_limits<double>::infinity();
  for (int index = 16; index < 256; ++index) {
    const double far = difference(palette_color(index), color);
    if (far < least) best = index;
    least = std::min(least, far);
  }
  return best;
}

}  // namespace

TerminalPalette::TerminalPalette(const ColorMap& map, Color depth) : map_(map), depth_(depth) {
  const bool upwards = lightness(map(1)) > lightness(map(0));
  for (std::size_t i = 0; i < steps; ++i) {
    indices_[i] = nearest(map(static_cast<double>(i) / (steps - 1)));
    if (i == 0) continue;
    const double change =
        lightness(palette_color(indices_[i])) - lightness(palette_color(indices_[i - 1]));
    if (upwards ? change < 0 : change > 0) indices_[i] = indices_[i - 1];
  }
}

std::string TerminalPalette::escape(int what, double share) const {
  if (depth_ == Color::none) return {};
  if (depth_ == Color::truecolor) {
    const Rgb color = map_(share);
    return fmt::format("\x1b[{};2;{};{};{}m", what, color.red, color.green, color.blue);
  }
  const auto step = static_cast<std::size_t>(std::lround(share * (steps - 1)));
  return fmt::format("\x1b[{};5;{}m", what, indices_.at(step));
}

std::string TerminalPalette::contrasting_ink(double share) const {
  if (depth_ == Color::none) return {};
  return contrast_color(map_(share)) == Rgb{0, 0, 0} ? "\x1b[38;5;16m" : "\x1b[38;5;231m";
}

}  // namespace attngraph
