#include "formats/image_size.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cstddef>

#include "core/error.hpp"

namespace attngraph {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view png_begin = "\x89PNG\r\n\x1a\n";
constexpr std::string_view jpeg_begin = "\xff\xd8\xff";

/// A number of `count` bytes, the highest first; the bytes are there.
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

[[noreturn]] void refuse_cut(const std::string& source) {
  throw InputError(source, "is an image that is cut off", "copy or save it again");
}

[[noreturn]] void refuse_damaged(const std::string& source, const std::string& problem) {
  throw InputError(source, "is a damaged image: " + problem, "copy or save it again");
}

/// Chunks of PNG: length, type, data, checksum of type and data.
ImageSize png_size(std::string_view bytes, const std::string& source) {
  constexpr std::size_t around = 12, header = 13;
  constexpr std::uint32_t largest = 0x7fffffff;
  ImageSize size;
  for (std::size_t at = png_begin.size(); bytes.size() - at >= around;) {
    const std::size_t length = number_at(bytes, at, 4);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (bytes.size() - at - around < length) refuse_cut(source);
    const std::string_view summed = bytes.substr(at + 4, 4 + length);
    if (libdeflate_crc32(0, summed.data(), summed.size()) != number_at(bytes, at + 8 + length, 4)) {
      refuse_damaged(source, "the checksum of a chunk is wrong");
    }
    const bool first = at == png_begin.size();
    if (first != (type == "IHDR") || (first && length != header)) {
      refuse_damaged(source, "it does not begin with its one header");
    }
    if (first) size = {number_at(bytes, at + 8, 4), number_at(bytes, at + 12, 4)};
    if (std::max(size.width, size.height) > largest) refuse_damaged(source, "its size is none");
    if (type == "IEND") return size;
    at += around + length;
  }
  refuse_cut(source);
}

bool begins_frame(unsigned char marker) {
  const bool other = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
  return marker >= 0xc0 && marker <= 0xcf && !other;
}

/// Segments of JPEG: marker, length of the rest, which counts itself. The frame has the size.
ImageSize jpeg_size(std::string_view bytes, const std::string& source) {
  constexpr std::size_t frame = 9;
  if (bytes.rfind("\xff\xd9"sv) == bytes.npos) refuse_cut(source);
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (bytes[at] != '\xff' || marker == 0xd9 || marker == 0xda) break;
    if (marker == 0xff) {  // fills
      ++at;
      continue;
    }
    if (begins_frame(marker)) {
      if (bytes.size() - at < frame) break;
      return {number_at(bytes, at + 7, 2), number_at(bytes, at + 5, 2)};
    }
    at += 2 + std::max<std::size_t>(number_at(bytes, at + 2, 2), 2);
  }
  refuse_damaged(source, "it has no frame");
}

}  // namespace

ImageSize image_size(std::string_view bytes, const std::string& source) {
  const bool png = bytes.starts_with(png_begin);
  if (!png && !bytes.starts_with(jpeg_begin)) {
    throw InputError(source, "is no PNG or JPEG image", "convert it: PNG and JPEG are read");
  }
  const ImageSize size = png ? png_size(bytes, source) : jpeg_size(bytes, source);
  if (size.pixels() == 0) refuse_damaged(source, "it has no pixels");
  return size;
}

}  // namespace attngraph
