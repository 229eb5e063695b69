#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace attngraph {

/// In pixels.
struct ImageSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;

  std::uint64_t pixels() const { return std::uint64_t{width} * height; }
};

/// The size that a PNG or JPEG image says it has. Its pixels are not looked at, but the checksums
/// of a PNG and the segments of a JPEG up to its first frame are.
/// @throws InputError for what is neither, is cut off or damaged, or has no pixels
ImageSize image_size(std::string_view bytes, const std::string& source);

}  // namespace attngraph
