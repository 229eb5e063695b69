#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

struct Picture;

/// The picture as an SVG file.
/// @param label_width columns of a label; longer ones are cut
std::string heatmap_svg(const Picture& picture, std::size_t label_width);

/// The picture as a PNG file.
std::string heatmap_png(const Picture& picture, std::size_t label_width);

}  // namespace attngraph
