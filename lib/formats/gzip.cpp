#include "formats/gzip.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <new>
#include <utility>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "formats/rules.hpp"

namespace attngraph {
namespace {

/// Deflate codes at best 258 bytes in 2 bits.
constexpr std::size_t largest_ratio = 1032;
constexpr std::size_t least_room = 4096;

using Inflater = std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)>;

/// The size that the last member states in its last four bytes, as far as it can be true.
std::size_t stated_size(std::span<const std::byte> packed) {
  const std::size_t size =
      packed.size() < 4 ? 0 : little_endian<std::uint32_t>(packed, packed.size() - 4);
  return std::max(least_room, std::min(size, packed.size() * largest_ratio));
}

/// Appends what the first member holds to the `filled` bytes of `text`, which grows where the
/// room behind them is too small, and is kept for the next.
/// @returns the bytes that the member takes
std::size_t append_member(Inflater& inflater, std::span<const std::byte> packed, std::string& text,
                          std::size_t& filled, const std::string& source, const Limits& limits) {
  while (true) {
    check_stop();
    const std::size_t room = text.size() - filled;
    std::size_t consumed = 0;
    std::size_t produced = 0;
    const auto result =
        libdeflate_gzip_decompress_ex(inflater.get(), packed.data(), packed.size(),
                                      text.data() + filled, room, &consumed, &produced);
    if (result == LIBDEFLATE_SUCCESS) {
      filled += produced;
      return consumed;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room > packed.size() * largest_ratio) {
      throw InputError(source, "is a gzip file whose data is damaged or cut off",
                       "gzip -t FILE tests it; copy or pack it again");
    }
    const std::size_t size = filled + std::max(2 * room, stated_size(packed));
    // What came before is copied where there is no room behind it.
    require_memory(size > text.capacity() ? filled + size : size, limits, source);
    text.resize(size);
  }
}

}  // namespace

bool is_gzip(std::span<const std::byte> bytes) {
  return text_of(bytes).starts_with("\x1f\x8b\x08");
}

Bytes gunzipped(std::span<const std::byte> packed, const std::string& source,
                const Limits& limits) {
  Inflater inflater(libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!inflater) throw std::bad_alloc();
  std::string text;
  std::size_t filled = 0;
  const auto padding = [&] {  // as tapes and some servers leave it
    return std::all_of(packed.begin(), packed.end(), [](std::byte b) { return b == std::byte{0}; });
  };
  do {
    packed = packed.subspan(append_member(inflater, packed, text, filled, source, limits));
  } while (!padding());
  text.resize(filled);
  return Bytes::from(std::move(text));
}

}  // namespace attngraph
