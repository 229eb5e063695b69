#include "attention/head_scan.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace attngraph {
namespace {

void scan_row(const Matrix& weights, Index q, HeadScan& scan, std::vector<double>& column_sums,
              double tolerance) {
  const Index last_visible = q + weights.cols() - weights.rows();
  double sum = 0;
  std::size_t zeros = 0;
  for (Index k = 0; k < weights.cols(); ++k) {
    const double weight = weights(q, k);
    if (!std::isfinite(weight)) {
      ++scan.not_finite;
      continue;
    }
    if (weight < 0) ++scan.negative;
    if (weight == 0) {
      ++zeros;
      if (k <= last_visible) ++scan.zeros_behind;
    } else if (k > last_visible) {
      scan.mass_ahead += weight;
      ++scan.entries_ahead;
    }
    sum += weight;
    column_sums[static_cast<std::size_t>(k)] += weight;
  }
  scan.zeros += zeros;
  scan.mass += sum;
  if (zeros == static_cast<std::size_t>(weights.cols())) {
    ++scan.zero_rows;
    return;
  }
  if (std::abs(sum - 1) > tolerance) ++scan.unnormalized_rows;
  const bool first = scan.rows == scan.zero_rows;
  scan.row_sum_min = first ? sum : std::min(scan.row_sum_min, sum);
  scan.row_sum_max = first ? sum : std::max(scan.row_sum_max, sum);
}

}  // namespace

HeadScan head_scan(const Matrix& weights, double tolerance) {
  HeadScan scan;
  scan.entries = static_cast<std::size_t>(weights.size());
  std::vector<double> column_sums(static_cast<std::size_t>(weights.cols()), 0.0);
  for (Index q = 0; q < weights.rows(); ++q) {
    scan_row(weights, q, scan, column_sums, tolerance);
    ++scan.rows;
  }
  for (const double sum : column_sums) {
    scan.column_sum_deviation = std::max(scan.column_sum_deviation, std::abs(sum - 1));
  }
  for (auto sum = column_sums.rbegin(); sum != column_sums.rend() && *sum == 0; ++sum) {
    ++scan.unseen_tail;
  }
  return scan;
}

}  // namespace attngraph
