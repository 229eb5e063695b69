#include "attention/heads/offset_masses.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace attngraph {

OffsetTally::OffsetTally(std::size_t first_position, std::size_t last_position, std::size_t keys)
    : first_position_(first_position),
      last_position_(last_position),
      keys_(keys),
      sums_(last_position + keys - first_position, 0.0),
      rows_(last_position - first_position + 1, 0) {}

void OffsetTally::add_row(std::size_t position, std::size_t first_key,
                          std::span<const double> weights) {
  assert(position >= first_position_ && position <= last_position_);
  double* sums = sums_.data() + (last_position_ + first_key - position);
  for (std::size_t i = 0; i < weights.size(); ++i) sums[i] += weights[i];
  ++rows_[position - first_position_];
}

std::vector<OffsetMass> OffsetTally::finish(bool causal) const {
  std::vector<OffsetMass> masses;
  const auto last = static_cast<std::int64_t>(last_position_);
  // Rows whose queries have a key at the offset: positions from -offset up to keys - 1 - offset.
  std::vector<std::size_t> before(rows_.size() + 1, 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) before[i + 1] = before[i] + rows_[i];
  const auto rows_up_to = [&](std::int64_t position) {
    const std::int64_t count = position - static_cast<std::int64_t>(first_position_) + 1;
    return before[static_cast<std::size_t>(
        std::clamp<std::int64_t>(count, 0, static_cast<std::int64_t>(rows_.size())))];
  };
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    const std::int64_t offset = static_cast<std::int64_t>(i) - last;
    if (causal && offset > 0) break;
    const std::size_t rows =
        rows_up_to(static_cast<std::int64_t>(keys_) - 1 - offset) - rows_up_to(-offset - 1);
    masses.push_back({offset, rows == 0 ? std::numeric_limits<double>::quiet_NaN()
                                        : sums_[i] / static_cast<double>(rows)});
  }
  return masses;
}

}  // namespace attngraph
