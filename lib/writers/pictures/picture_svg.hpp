#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

struct Picture;

/// What a picture does not say itself.
struct PictureSettings {
  /// The input that it is of; may be empty.
  std::string source;
  /// In CSS pixels; 0: as wide as suits it.
  std::size_t width = 0;
};

/// A picture of any kind as an SVG file.
std::string picture_svg(const Picture& picture, const PictureSettings& settings);

}  // namespace attngraph
