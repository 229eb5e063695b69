#pragma once

#include <bit>
#include <cstdint>

namespace attngraph {

/// The float32 of the same value as an IEEE 754 binary16, subnormals and NaN included.
inline float half_to_float(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t magnitude = bits & 0x7fffu;
  if (magnitude >= 0x7c00u) return std::bit_cast<float>(sign | 0x7f800000u | (magnitude << 13));
  // Subnormal halves go through an integer: arithmetic on subnormal floats is very slow.
  const std::uint32_t subnormal =
      std::bit_cast<std::uint32_t>(static_cast<float>(magnitude) * 0x1p-24f);
  const std::uint32_t normal = (magnitude << 13) + ((127u - 15u) << 23);
  return std::bit_cast<float>(sign | (magnitude < 0x0400u ? subnormal : normal));
}

/// The float32 of the same value as a bfloat16.
inline float bfloat16_to_float(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

}  // namespace attngraph
