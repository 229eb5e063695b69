#pragma once

#include <string>

#include "writers/pictures/picture_svg.hpp"

namespace attngraph {

struct Barcode;

/// The barcode of the picture as an SVG file.
std::string barcode_svg(const Picture& picture, const Barcode& barcode,
                        const PictureSettings& settings);

}  // namespace attngraph
