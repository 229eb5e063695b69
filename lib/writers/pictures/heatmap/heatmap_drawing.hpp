#pragma once

#include <string>

#include "writers/pictures/picture_svg.hpp"

namespace attngraph {

struct HeatMap;

/// A heat map as an SVG file.
std::string heatmap_svg(const Picture& picture, const HeatMap& map,
                        const PictureSettings& settings);

}  // namespace attngraph
