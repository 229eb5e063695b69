// The exponential of a register; only for instruction_set_kernels.cpp.
//
// For floats, half of a softmax is this function. A library's must answer for every number; here
// none is above 0, so that 2^k is put together by one addition to the bits of the exponent. With
// x = k log 2 + r, |r| <= log(2) / 2, the polynomial's relative error is 3e-9 and that of the
// result one unit in the last place of a float. Doubles take Eigen's.

#pragma once

#include <cstdint>
#include <limits>

#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// exp(x), x <= 0; what is below the smallest normal number becomes 0.
inline Register<float> exponential(Register<float> x) {
  typedef std::int32_t Bits __attribute__((vector_size(register_bytes)));
  constexpr float to_whole = 0x1.8p23f;    // what it is added to is rounded to a whole number
  constexpr float least = -0x1.5d589ep6f;  // log of the smallest normal number
  const Register<float> shifted = x * 0x1.715476p0f + to_whole;
  const Register<float> k = shifted - to_whole;
  const Register<float> r = (x - k * 0x1.63p-1f) - k * -0x1.bd0106p-13f;  // log 2 in two parts
  Register<float> tail = 0.0013814540f * r + 0.0083687452f;
  tail = tail * r + 0.041668391f;
  tail = tail * r + 0.16666520f;
  tail = tail * r + 0.49999993f;
  const Register<float> power = (tail * (r * r) + r) + 1.0f;
  const auto result = reinterpret_cast<Register<float>>(reinterpret_cast<Bits>(power) +
                                                        (reinterpret_cast<Bits>(shifted) << 23));
  return x >= least ? result : Register<float>{};
}

inline Register<double> exponential(Register<double> x) {
  using namespace Eigen::internal;
  using Packet = packet_traits<double>::type;
  const auto result = reinterpret_cast<Register<double>>(pexp(reinterpret_cast<Packet>(x)));
  return result < std::numeric_limits<double>::min() ? Register<double>{} : result;
}

}  // namespace
}  // namespace attngraph
