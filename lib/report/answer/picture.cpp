#include "report/answer/picture.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/number_text.hpp"

namespace attngraph {
namespace {

constexpr double widest_logarithmic_scale = 1e-5;

std::vector<float> values_above_zero(const HeatMap& map) {
  std::vector<float> values;
  for (const Panel& panel : map.panels) {
    std::copy_if(panel.values.begin(), panel.values.end(), std::back_inserter(values),
                 [](float value) { return value > 0; });
  }
  return values;
}

}  // namespace

double usual_percentile(const HeatMap& map) {
  constexpr std::size_t many_tokens = 60;
  return std::max(map.rows, map.columns) >= many_tokens ? 99 : 100;
}

void tell_percentile(Picture& picture, const HeatMap& map, double percentile,
                     const std::string& values) {
  if (map.largest <= map.high) return;
  picture.details.push_back("the colours end at percentile " + number_text(percentile) +
                            " of the " + values + " above 0");
}

std::size_t near_square(std::size_t panels) {
  if (panels <= 3) return panels;
  return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(panels))));
}

void fit_range(HeatMap& map, double percentile) {
  std::vector<float> values = values_above_zero(map);
  map.low = 0;
  map.high = map.largest = 1;
  if (map.scale == ColorScale::logarithmic) map.low = 0.1;
  if (values.empty()) return;
  const auto last = static_cast<double>(values.size() - 1);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::ceil(percentile / 100 * last));
  std::nth_element(values.begin(), at, values.end());
  map.high = static_cast<double>(*at);
  map.largest = static_cast<double>(*std::max_element(at, values.end()));
  if (map.scale == ColorScale::linear) return;
  const double smallest = static_cast<double>(*std::min_element(values.begin(), values.end()));
  const double low = std::max(smallest, widest_logarithmic_scale * map.high);
  map.low = std::pow(10.0, std::floor(std::log10(low)));
}

}  // namespace attngraph
