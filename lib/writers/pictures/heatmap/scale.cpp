#include "writers/pictures/heatmap/scale.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

/// The largest of 1, 2, 5, 10 … that divides `range` into at least four parts.
double tick_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 4)));
  for (const double factor : {5.0, 2.0}) {
    if (range / (factor * power) >= 4) return factor * power;
  }
  return power;
}

}  // namespace

double color_share(const HeatMap& map, double value) {
  if (map.high <= map.low) return value > map.low ? 1 : 0;
  if (map.scale == ColorScale::linear) {
    return std::clamp((value - map.low) / (map.high - map.low), 0.0, 1.0);
  }
  if (value <= map.low) return 0;
  return std::min(std::log(value / map.low) / std::log(map.high / map.low), 1.0);
}

std::vector<std::pair<double, std::string>> scale_ticks(const HeatMap& map, double distance) {
  std::vector<std::pair<double, std::string>> ticks;
  const auto add = [&](double value) {
    const bool touches = std::any_of(ticks.begin(), ticks.end(), [&](const auto& other) {
      return std::abs(color_share(map, value) - color_share(map, other.first)) < distance;
    });
    if (touches) return;
    const bool end = value == map.high && map.largest > map.high;
    ticks.emplace_back(value, (end ? "≥ " : "") + rounded_text(value, 3));
  };
  add(map.low);
  if (map.high <= map.low) return ticks;
  add(map.high);
  if (map.scale == ColorScale::logarithmic) {
    for (double exponent = std::ceil(std::log10(map.low)); exponent <= std::log10(map.high);
         ++exponent) {
      add(std::pow(10.0, exponent));
    }
    return ticks;
  }
  const double step = tick_step(map.high - map.low);
  for (double i = std::ceil(map.low / step); i * step <= map.high; ++i) add(i * step);
  return ticks;
}

}  // namespace attngraph
