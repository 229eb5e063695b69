#pragma once

#include <cstdint>

#include "writers/pictures/canvas/color_map.hpp"

namespace attngraph {

/// How pictures of graphs look; colours that every kind of colour vision tells apart.
inline constexpr Rgb ink_color{0x22, 0x22, 0x22};
inline constexpr Rgb faint_color{0x55, 0x55, 0x55};
inline constexpr Rgb guide_color{0xe8, 0xeb, 0xee};
inline constexpr Rgb edge_color{0x1f, 0x4e, 0x79};
inline constexpr Rgb residual_color{0xc3, 0xc9, 0xcf};
inline constexpr Rgb route_color{0xc2, 0x41, 0x0c};
inline constexpr Rgb outline_color{0xa9, 0xb4, 0xbf};
inline constexpr double residual_width = 1.2;
inline constexpr double text_size = 11;

/// Of a line whose weight is this share of the largest one.
constexpr double line_width(double share) { return 0.6 + 4.4 * share; }
constexpr double line_opacity(double share) { return 0.3 + 0.6 * share; }

/// White to a light blue that black text stands out from.
constexpr Rgb fill_color(double share) {
  const auto channel = [share](int end) {
    return static_cast<std::uint8_t>(255 - share * (255 - end) + 0.5);
  };
  return {channel(0x9c), channel(0xc4), channel(0xe8)};
}

}  // namespace attngraph
