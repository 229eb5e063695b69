#pragma once

#include <string>

#include "writers/pictures/picture_svg.hpp"

namespace attngraph {

struct Bars;

/// The bars as an SVG file: groups side by side, tokens one below the other, and above them the
/// text shaded by the values. Of many tokens the largest have a bar, and the picture says so.
std::string bars_svg(const Picture& picture, const Bars& bars, const PictureSettings& settings);

}  // namespace attngraph
