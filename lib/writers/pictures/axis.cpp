#include "writers/pictures/axis.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/color_map.hpp"

namespace attngraph {
namespace {

constexpr double least_distance = 0.08;  // of two ticks, as a share of the scale

/// The largest of 1, 2, 5, 10 … that divides `range` into at least four parts.
double tick_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 4)));
  for (const double factor : {5.0, 2.0}) {
    if (range / (factor * power) >= 4) return factor * power;
  }
  return power;
}

}  // namespace

std::size_t label_step(std::size_t count, double extent, double needed) {
  if (extent >= needed) return 1;
  for (std::size_t power = 1;; power *= 10) {
    for (const std::size_t factor : {2, 5, 10}) {
      const std::size_t step = factor * power;
      if (static_cast<double>(step) * extent >= 1.5 * needed || step >= count) return step;
    }
  }
}

std::string axis_label(const std::vector<std::string>& labels, std::size_t i, std::size_t step,
                       std::size_t width) {
  if (labels.empty() || step > 1) return std::to_string(i);
  return shown_label(labels.at(i), width);
}

std::vector<std::pair<double, std::string>> scale_ticks(const Picture& picture) {
  std::vector<std::pair<double, std::string>> ticks;
  const auto add = [&](double value) {
    for (const auto& [other, text] : ticks) {
      const double distance = color_share(picture, value) - color_share(picture, other);
      if (std::abs(distance) < least_distance) return;
    }
    ticks.emplace_back(value, rounded_text(value, 3));
  };
  add(picture.low);
  if (picture.high <= picture.low) return ticks;
  add(picture.high);
  if (picture.scale == ColorScale::logarithmic) {
    for (double exponent = std::ceil(std::log10(picture.low)); exponent <= std::log10(picture.high);
         ++exponent) {
      add(std::pow(10.0, exponent));
    }
    return ticks;
  }
  const double step = tick_step(picture.high - picture.low);
  for (double i = std::ceil(picture.low / step); i * step <= picture.high; ++i) add(i * step);
  return ticks;
}

std::string cell_text(double value) {
  if (value == 0) return "0";
  if (std::abs(value) >= 99.5) return fmt::format("{:.0f}", value);
  if (std::abs(value) >= 9.95) return fmt::format("{:.1f}", value);
  if (std::abs(value) >= 0.005) return fmt::format("{:.2f}", value);
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 0.02));
  return fmt::format("{:.0f}e{}", std::abs(value) / std::pow(10.0, exponent), exponent);
}

}  // namespace attngraph
