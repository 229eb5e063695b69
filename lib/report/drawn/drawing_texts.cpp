#include "report/drawn/drawing_texts.hpp"

#include <fmt/format.h>

#include <cmath>

namespace attngraph {

std::string share_text(double share) {
  const double percent = 100 * share;
  if (percent > 0 && percent < 0.1) return "under 0.1%";
  if (percent < 1 || (percent > 99 && percent < 100)) {
    return fmt::format("{}%", std::floor(10 * percent) / 10);
  }
  return fmt::format("{:.0f}%", percent);
}

std::string per_query_text(std::size_t count) {
  if (count == 1) return "the largest edge of each query";
  return "the " + std::to_string(count) + " largest edges of each query";
}

}  // namespace attngraph
