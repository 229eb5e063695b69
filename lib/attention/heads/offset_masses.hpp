#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attngraph {

/// The mean weight that goes to the key so many places behind the query.
struct OffsetMass {
  /// Place of the key minus that of the query: -1 is the token just before.
  std::int64_t offset = 0;
  /// NaN where no row has such a key.
  double mass = 0;
};

/// Collects by offset what the rows of one head give. O(keys) a row, O(queries + keys) memory.
class OffsetTally {
 public:
  /// @param first_position, last_position where the first and the last query stand among the keys
  OffsetTally(std::size_t first_position, std::size_t last_position, std::size_t keys);

  /// The weights of the query at `position` for the keys from `first_key` on; others are 0. Some
  /// are above 0.
  void add_row(std::size_t position, std::size_t first_key, std::span<const double> weights);
  /// Every offset that a query may have, ascending; of causal attention those up to 0.
  std::vector<OffsetMass> finish(bool causal) const;

 private:
  std::size_t first_position_;
  std::size_t last_position_;
  std::size_t keys_;
  /// From offset -last_position_ on.
  std::vector<double> sums_;
  /// Rows that are counted at each position from first_position_ on.
  std::vector<std::size_t> rows_;
};

}  // namespace attngraph
