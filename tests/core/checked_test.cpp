#include "core/checked.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

using namespace attngraph;

namespace {
constexpr std::size_t largest = std::numeric_limits<std::size_t>::max();
}

TEST_CASE("Sums and products that fit are given") {
  CHECK(checked_add(2, 3) == 5);
  CHECK(checked_add(largest, 0) == largest);
  CHECK(checked_multiply(6, 7) == 42);
  CHECK(checked_multiply(largest, 1) == largest);
  CHECK(checked_product(std::array<std::size_t, 3>{2, 3, 7}) == 42);
  CHECK(checked_product({}) == 1);
}

TEST_CASE("Sums and products that do not fit are nothing") {
  CHECK(checked_add(largest, 1) == std::nullopt);
  CHECK(checked_multiply(largest / 2 + 1, 2) == std::nullopt);
  CHECK(checked_product(std::array<std::size_t, 3>{1u << 31, 1u << 31, 8}) == std::nullopt);
}
