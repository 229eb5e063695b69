#include "input/image_file.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"

namespace attngraph {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_bytes = std::size_t{64} << 20;

bool is_image(std::string_view bytes) {
  return bytes.starts_with("\x89PNG\r\n\x1a\n"sv) || bytes.starts_with("\xff\xd8\xff"sv);
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
  if (is_image(image)) return image;
  throw InputError(path, "is no PNG or JPEG image", "convert it: $image takes PNG and JPEG");
}

}  // namespace attngraph
