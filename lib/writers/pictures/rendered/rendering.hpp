#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// Renders SVG; of the package librsvg2-bin.
inline constexpr std::string_view svg_renderer = "rsvg-convert";

/// How many pixels of a PNG file one of the SVG becomes: 2, or 1 where that would be over 32,767 on
/// a side or 100 million in all.
enum class Sharpness { as_it_is, doubled };

/// An SVG file as a PNG file. The same fonts give the same bytes.
/// @throws LimitError above 32,767 pixels on a side
/// @throws IoError where the renderer is missing or fails
std::string png_of_svg(const std::string& svg, Sharpness sharpness);

/// An SVG file as a PDF file of one page that carries no date; 96 pixels are an inch.
/// @throws LimitError above a million pixels on a side
std::string pdf_of_svg(const std::string& svg);

}  // namespace attngraph
