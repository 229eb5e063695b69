#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace attngraph {

/// A whole number of any size.
struct LongInteger {
  /// Nothing beyond 64 bits with a sign.
  std::optional<std::int64_t> exact;
  /// Infinite where it is beyond all numbers.
  double nearest;
};

/// The number that bytes give, the lowest first, in two's complement.
LongInteger long_integer(std::span<const std::byte> bytes);

}  // namespace attngraph
