#pragma once

#include <cstdint>
#include <span>

namespace attngraph {

/// Something that is there while tokens are joined up to a distance: from the distance at which it
/// appears to the one at which it is gone.
struct PersistenceBar {
  /// 0: a part of the tokens; 1: a loop of them.
  std::int64_t dimension = 0;
  double birth = 0;
  double death = 0;

  double length() const { return death - birth; }
};

/// Numbers about the lengths of bars; all 0 where there are none.
struct BarStatistics {
  std::int64_t count = 0;
  double sum = 0;
  double mean = 0;
  /// Standard deviation, of the population.
  double sd = 0;
  double max = 0;
  /// Of lengths as shares of their sum, in nats.
  double entropy = 0;
};

/// @param bars longer than 0
BarStatistics bar_statistics(std::span<const PersistenceBar> bars);

}  // namespace attngraph
