#include "core/half.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace attngraph;

TEST_CASE("Known halves have their values") {
  CHECK(half_to_float(0x0000) == 0.0f);
  CHECK(std::signbit(half_to_float(0x8000)));
  CHECK(half_to_float(0x3c00) == 1.0f);
  CHECK(half_to_float(0xc000) == -2.0f);
  CHECK(half_to_float(0x3555) == 0.333251953125f);
  CHECK(half_to_float(0x7bff) == 65504.0f);
  CHECK(half_to_float(0x0400) == 0x1p-14f);
  CHECK(half_to_float(0x7c00) == std::numeric_limits<float>::infinity());
  CHECK(half_to_float(0xfc00) == -std::numeric_limits<float>::infinity());
  CHECK(std::isnan(half_to_float(0x7e00)));
  CHECK(std::isnan(half_to_float(0xfc01)));
}

TEST_CASE("Every finite half is its fraction times its power of two") {
  for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) {
    const int exponent = static_cast<int>(bits >> 10);
    const int fraction = static_cast<int>(bits & 0x3ff);
    const double expected =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    const float value = half_to_float(static_cast<std::uint16_t>(bits));
    const float negative = half_to_float(static_cast<std::uint16_t>(bits | 0x8000));
    if (value != expected || negative != -expected) FAIL("half " << bits);
  }
}

TEST_CASE("A bfloat16 is the upper half of a float32") {
  CHECK(bfloat16_to_float(0x3f80) == 1.0f);
  CHECK(bfloat16_to_float(0xbf00) == -0.5f);
  CHECK(bfloat16_to_float(0x3eab) == 0.333984375f);
  CHECK(bfloat16_to_float(0xff80) == -std::numeric_limits<float>::infinity());
  CHECK(std::isnan(bfloat16_to_float(0x7fc0)));
}
