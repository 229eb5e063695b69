#include "formats/objects/pickle/long_integer.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {
namespace {

__extension__ using Wide = __int128;

bool is_negative(std::span<const std::byte> bytes) {
  return !bytes.empty() && (bytes.back() & std::byte{0x80}) != std::byte{0};
}

/// Without the highest bytes that only repeat the sign.
std::span<const std::byte> shortest(std::span<const std::byte> bytes) {
  const std::byte sign = is_negative(bytes) ? std::byte{0xff} : std::byte{0};
  while (bytes.size() > 1 && bytes.back() == sign &&
         is_negative(bytes.first(bytes.size() - 1)) == is_negative(bytes)) {
    bytes = bytes.first(bytes.size() - 1);
  }
  return bytes;
}

/// Of at most 16 bytes.
Wide wide(std::span<const std::byte> bytes) {
  Wide value = is_negative(bytes) ? -1 : 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value * 256 + std::to_integer<std::uint8_t>(bytes[i]);
  }
  return value;
}

/// Rounded once: whatever the bytes below the highest 16 hold, one bit says that it is more.
double nearest(std::span<const std::byte> bytes) {
  constexpr int beyond_all = 2048;  // bits
  const std::size_t low = bytes.size() - std::min(bytes.size(), sizeof(Wide));
  const auto is_set = [](std::byte byte) { return byte != std::byte{0}; };
  Wide high = wide(bytes.subspan(low));
  if (std::any_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(low), is_set)) {
    high |= 1;
  }
  const int exponent = low < beyond_all / 8 ? static_cast<int>(8 * low) : beyond_all;
  return std::ldexp(static_cast<double>(high), exponent);
}

}  // namespace

LongInteger long_integer(std::span<const std::byte> bytes) {
  bytes = shortest(bytes);
  LongInteger number{std::nullopt, nearest(bytes)};
  if (bytes.size() <= sizeof(std::int64_t)) number.exact = static_cast<std::int64_t>(wide(bytes));
  return number;
}

}  // namespace attngraph
