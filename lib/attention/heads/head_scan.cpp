#include "attention/heads/head_scan.hpp"

#include <algorithm>
#include <cmath>

#include "attention/stored/stored_rows.hpp"

namespace attngraph {
namespace {

/// Adds a row: what its query sees where the matrix is causal, and what lies ahead of it.
void add(const RowScan& behind, const RowScan& ahead, double tolerance, std::size_t keys,
         HeadScan& scan) {
  scan.not_finite += behind.not_finite + ahead.not_finite;
  scan.not_finite_ahead += ahead.not_finite;
  scan.negative += behind.negative + ahead.negative;
  scan.zeros += behind.zeros + ahead.zeros;
  scan.zeros_behind += behind.zeros;
  scan.mass_ahead += ahead.sum;
  const double sum = behind.sum + ahead.sum;
  scan.mass += sum;
  if (behind.zeros + ahead.zeros == keys) {
    ++scan.zero_rows;
    return;
  }
  if (std::abs(sum - 1) > tolerance) ++scan.unnormalized_rows;
  const bool first = scan.rows == scan.zero_rows;
  scan.row_sum_min = first ? sum : std::min(scan.row_sum_min, sum);
  scan.row_sum_max = first ? sum : std::max(scan.row_sum_max, sum);
}

}  // namespace

HeadScan head_scan(const Tensor& weights, double tolerance) {
  StoredRows rows(weights);
  const std::size_t keys = rows.columns();
  HeadScan scan;
  scan.entries = weights.size();
  std::vector<double> column_sums(keys, 0.0);
  for (std::size_t q = 0; q < rows.rows(); ++q) {
    const std::size_t visible = rows.visible(q);
    const RowScan behind = rows.scan(q, 0, visible, column_sums);
    const RowScan ahead = rows.scan(q, visible, keys, column_sums);
    scan.entries_ahead += keys - visible - ahead.zeros - ahead.not_finite;
    add(behind, ahead, tolerance, keys, scan);
    ++scan.rows;
  }
  for (const double sum : column_sums) {
    scan.column_sum_deviation = std::max(scan.column_sum_deviation, std::abs(sum - 1));
  }
  for (std::size_t k = keys; k > 0 && column_sums[k - 1] == 0; --k) ++scan.unseen_tail;
  return scan;
}

}  // namespace attngraph
