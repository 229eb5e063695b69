#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

struct Picture;

/// The picture as an SVG file.
/// @param width in CSS pixels; 0: as wide as suits it
std::string heatmap_svg(const Picture& picture, std::size_t width);

}  // namespace attngraph
