#include "metrics/topology/persistence_bar.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {

BarStatistics bar_statistics(std::span<const PersistenceBar> bars) {
  BarStatistics found;
  if (bars.empty()) return found;
  for (const PersistenceBar& bar : bars) {
    found.sum += bar.length();
    found.max = std::max(found.max, bar.length());
  }
  const auto count = static_cast<double>(bars.size());
  found.count = static_cast<std::int64_t>(bars.size());
  found.mean = found.sum / count;
  double squares = 0;
  for (const PersistenceBar& bar : bars) {
    const double share = bar.length() / found.sum, off = bar.length() - found.mean;
    squares += off * off;
    found.entropy -= share * std::log(share);
  }
  found.sd = std::sqrt(squares / count);
  return found;
}

}  // namespace attngraph
