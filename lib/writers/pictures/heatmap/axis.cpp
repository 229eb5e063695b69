#include "writers/pictures/heatmap/axis.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/text/text.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {

std::size_t label_step(std::size_t count, double extent, double needed) {
  if (extent >= needed) return 1;
  for (std::size_t power = 1;; power *= 10) {
    for (const std::size_t factor : {2, 5, 10}) {
      const std::size_t step = factor * power;
      if (static_cast<double>(step) * extent >= 1.5 * needed || step >= count) return step;
    }
  }
}

std::string AxisNames::of(std::size_t i) const {
  if (labels.empty() || (step > 1 && thinned == Thinned::to_indices)) return std::to_string(i);
  return shown_token(labels.at(i), width);
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
