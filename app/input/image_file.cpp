#include "input/image_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"
#include "formats/image_size.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;
constexpr std::uint64_t most_pixels = std::uint64_t{32} << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& most) {
  throw LimitError(path, "takes over " + most + ", which a picture does not hold",
                   "make it smaller: a picture of patches is some hundred pixels wide");
}

}  // namespace

std::string image_file(const std::string& path, const Limits& limits) {
  if (path.empty()) return {};
  Limits own = limits;
  own.memory = std::min(limits.memory, most_bytes);
  const Bytes bytes = file_bytes(path, own);
  if (bytes.data.size() > most_bytes) refuse(path, "64 MiB");
  std::string image(reinterpret_cast<const char*>(bytes.data.data()), bytes.data.size());
  if (image_size(image, path).pixels() > most_pixels) refuse(path, "32 million pixels");
  return image;
}

}  // namespace attngraph
