#include "writers/page/weight_codes.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {
namespace {

constexpr int steps = 2048;
constexpr int top_exponent = 31;
constexpr long largest_code = 65535;

}  // namespace

WeightCodes::WeightCodes(float largest)
    : largest_(largest),
      scale_(largest > 0 ? std::exp2(std::floor(std::log2(static_cast<double>(largest)))) : 1) {}

std::uint16_t WeightCodes::code(float weight) const {
  int exponent = 0;
  const double half = std::frexp(weight / scale_, &exponent);  // in [0.5, 1)
  if (!(half > 0) || exponent - 1 <= -top_exponent) return 0;
  const auto behind = std::lround((half * 2 - 1) * steps);  // steps where it rounds up
  const long code = static_cast<long>(exponent - 1 + top_exponent) * steps + behind;
  return static_cast<std::uint16_t>(std::min(code, largest_code));
}

double WeightCodes::weight(std::uint16_t code) const {
  if (code == 0) return 0;
  const int exponent = code / steps - top_exponent;
  return scale_ * std::ldexp(1 + static_cast<double>(code % steps) / steps, exponent);
}

}  // namespace attngraph
