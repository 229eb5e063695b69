#include "report/answer/picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attngraph {
namespace {

constexpr double widest_logarithmic_scale = 1e-5;

}  // namespace

void fit_range(Picture& picture) {
  float largest = 0;
  float smallest = std::numeric_limits<float>::infinity();
  for (const auto& panel : picture.panels) {
    for (const float value : panel.values) {
      largest = std::max(largest, value);
      if (value > 0) smallest = std::min(smallest, value);
    }
  }
  picture.low = 0;
  picture.high = largest > 0 ? static_cast<double>(largest) : 1;
  if (picture.scale == ColorScale::linear) return;
  const double low =
      std::max(static_cast<double>(smallest), widest_logarithmic_scale * picture.high);
  picture.low = largest > 0 ? std::pow(10.0, std::floor(std::log10(low))) : 0.1;
}

}  // namespace attngraph
