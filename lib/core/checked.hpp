#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace attngraph {

/// a * b, or nothing where it does not fit into size_t.
inline std::optional<std::size_t> checked_multiply(std::size_t a, std::size_t b) {
  std::size_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  return result;
}

/// a + b, or nothing where it does not fit into size_t.
inline std::optional<std::size_t> checked_add(std::size_t a, std::size_t b) {
  std::size_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
  return result;
}

/// The product of all factors (1 for none), or nothing where it does not fit into size_t.
inline std::optional<std::size_t> checked_product(std::span<const std::size_t> factors) {
  std::size_t result = 1;
  for (const std::size_t factor : factors) {
    if (__builtin_mul_overflow(result, factor, &result)) return std::nullopt;
  }
  return result;
}

}  // namespace attngraph
