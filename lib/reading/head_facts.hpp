#pragma once

#include <cstddef>
#include <cstdint>

namespace attngraph {

/// What a look at every number of one matrix [query, key] shows, valid attention or not. Sums are
/// over the finite numbers.
struct HeadScan {
  std::size_t rows = 0;
  std::size_t entries = 0;
  std::size_t not_finite = 0;
  std::size_t negative = 0;
  std::size_t zeros = 0;
  /// Rows of zeros: masked queries.
  std::size_t zero_rows = 0;
  /// Rows (not all zeros) whose sum differs from 1 by more than the tolerance.
  std::size_t unnormalized_rows = 0;
  /// Least and largest sum of a row that is not all zeros; 1 and 1 where there is none.
  double row_sum_min = 1;
  double row_sum_max = 1;
  /// Largest difference of a column sum from 1: small where the matrix lies transposed.
  double column_sum_deviation = 0;
  /// Sum of the weights on keys behind the query's own place, and how many are not zero.
  double mass_ahead = 0;
  std::size_t entries_ahead = 0;
  std::size_t not_finite_ahead = 0;
  double mass = 0;
  /// Keys at the end that get nothing from any query.
  std::size_t unseen_tail = 0;
  /// Keys at the front that no query sees but masked ones, which see nothing or all alike: padding.
  std::size_t padded_front = 0;
  /// Rows without a finite number: masked queries of a softmax over nothing.
  std::size_t nan_rows = 0;
  /// Zeros on keys that the query may see if the matrix is causal.
  std::size_t zeros_behind = 0;
};

/// One head of a file with what a look at it showed.
struct ScannedHead {
  std::int64_t layer;
  std::int64_t head;
  HeadScan scan;
};

}  // namespace attngraph
