#pragma once

#include <string>

#include "writers/pictures/picture_svg.hpp"

namespace attngraph {

struct Curves;

/// The curves as an SVG file, each in a colour of its own, the points asked about as dots.
std::string curves_svg(const Picture& picture, const Curves& curves,
                       const PictureSettings& settings);

}  // namespace attngraph
