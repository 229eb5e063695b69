#include "writers/pictures/bars/shown_bars.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/number_text.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

std::vector<std::size_t> shown_bars(const Bars& bars, std::size_t most) {
  std::vector<std::size_t> shown(bars.labels.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  if (shown.size() <= most) return shown;
  const std::vector<double>& values = bars.groups.front().values;
  const auto size = [&](std::size_t i) { return std::isfinite(values[i]) ? values[i] : -1; };
  std::stable_sort(shown.begin(), shown.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  shown.resize(most);
  std::sort(shown.begin(), shown.end());
  return shown;
}

double scale_of(const Bars& bars, const BarGroup& group) {
  double largest = 0;
  for (const BarGroup& other : bars.groups) {
    if (other.value_name != group.value_name) continue;
    for (const double value : other.values) {
      if (std::isfinite(value)) largest = std::max(largest, value);
    }
  }
  return largest > 0 ? largest : 1;
}

std::string bar_text(double value) { return std::isfinite(value) ? rounded_text(value, 3) : ""; }

}  // namespace attngraph
