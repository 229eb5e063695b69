#include "writers/pictures/bars/shown_bars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

std::vector<std::size_t> shown_bars(const Bars& bars, std::size_t most) {
  std::vector<std::size_t> shown(bars.labels.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  if (shown.size() <= most) return shown;
  const std::vector<double>& values = bars.groups.front().values;
  constexpr double none = -std::numeric_limits<double>::infinity();
  const auto size = [&](std::size_t i) { return std::isfinite(values[i]) ? values[i] : none; };
  std::stable_sort(shown.begin(), shown.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  shown.resize(most);
  std::sort(shown.begin(), shown.end());
  return shown;
}

double BarScale::length(double value) const {
  return std::isfinite(value) ? std::abs(std::clamp(value, low, high)) / (high - low) : 0;
}

BarScale scale_of(const Bars& bars, const BarGroup& group) {
  BarScale scale{0, 0};
  for (const BarGroup& other : bars.groups) {
    if (other.value_name != group.value_name) continue;
    for (const double value : other.values) {
      if (!std::isfinite(value)) continue;
      scale.low = std::min(scale.low, value);
      scale.high = std::max(scale.high, value);
    }
  }
  if (scale.low == scale.high) scale.high = 1;
  return scale;
}

std::string bar_text(double value) { return std::isfinite(value) ? rounded_text(value, 3) : ""; }

}  // namespace attngraph
