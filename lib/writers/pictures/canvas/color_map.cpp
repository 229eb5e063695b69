#include "writers/pictures/canvas/color_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"

namespace attngraph {
namespace {

constexpr std::array<std::uint32_t, 9> viridis{0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c,
                                               0x28ae80, 0x5ec962, 0xaddc30, 0xfde725};
constexpr std::array<std::uint32_t, 10> cividis{0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173,
                                                0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838};
constexpr std::array<std::uint32_t, 2> gray{0xffffff, 0x000000};

double channel(std::uint32_t color, int shift) { return color >> shift & 0xff; }

}  // namespace

std::string hex_text(Rgb color) {
  return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

Rgb contrast_color(Rgb background) {
  // Relative luminance (WCAG 2.1); where it is over this, black has the higher contrast ratio.
  constexpr double even = 0.179;
  const auto linear = [](std::uint8_t channel) { return std::pow(channel / 255.0, 2.2); };
  const double luminance = 0.2126 * linear(background.red) + 0.7152 * linear(background.green) +
                           0.0722 * linear(background.blue);
  return luminance > even ? Rgb{0, 0, 0} : Rgb{255, 255, 255};
}

ColorMap::ColorMap(const std::string& name) {
  if (name == "viridis") {
    anchors_ = viridis;
  } else if (name == "cividis") {
    anchors_ = cividis;
  } else if (name == "gray") {
    anchors_ = gray;
  } else {
    throw ArgumentError("$colormap", "there is no colour map '" + name + "'",
                        "the colour maps are viridis, cividis, gray");
  }
}

Rgb ColorMap::operator()(double share) const {
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(anchors_.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), anchors_.size() - 2);
  const double rest = place - static_cast<double>(below);
  const auto mixed = [&](int shift) {
    const double from = channel(anchors_[below], shift);
    const double to = channel(anchors_[below + 1], shift);
    return static_cast<std::uint8_t>(std::lround(from + rest * (to - from)));
  };
  return {mixed(16), mixed(8), mixed(0)};
}

}  // namespace attngraph
