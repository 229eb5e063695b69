#include "input/image_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"

namespace attngraph {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

/// How images begin and what stands at their end.
struct ImageKind {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array<ImageKind, 2> kinds{
    {{"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"sv, "IEND\xae\x42\x60\x82"sv},
     {"\xff\xd8\xff"sv, "\xff\xd9"sv}}};

void check_image(std::string_view bytes, const std::string& path) {
  for (const ImageKind& kind : kinds) {
    if (!bytes.starts_with(kind.begin)) continue;
    if (bytes.rfind(kind.end) != bytes.npos) return;
    throw InputError(path, "is an image that is cut off", "copy or save it again");
  }
  throw InputError(path, "is no PNG or JPEG image", "convert it: $image takes PNG and JPEG");
}

}  // namespace

std::string image_file(const std::string& path, const Limits& limits) {
  if (path.empty()) return {};
  Limits own = limits;
  own.memory = std::min(limits.memory, most_bytes);
  const Bytes bytes = file_bytes(path, own);
  if (bytes.data.size() > most_bytes) {
    throw LimitError(path, "takes over 64 MiB, which a picture does not hold",
                     "make it smaller: a picture of patches is some hundred pixels wide");
  }
  std::string image(reinterpret_cast<const char*>(bytes.data.data()), bytes.data.size());
  check_image(image, path);
  return image;
}

}  // namespace attngraph
