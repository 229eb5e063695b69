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
  if (behind.not_finite + ahead.not_finite == keys) return;  // a masked query has no sum
  if (std::abs(sum - 1) > tolerance) ++scan.unnormalized_rows;
  const bool first = scan.rows == scan.zero_rows + scan.nan_rows;
  scan.row_sum_min = first ? sum : std::min(scan.row_sum_min, sum);
  scan.row_sum_max = first ? sum : std::max(scan.row_sum_max, sum);
}

/// Keys before the first that the row sees.
std::size_t unseen_before(StoredRows& rows, std::size_t q) {
  std::size_t k = 0;
  while (k < rows.columns() && rows.number(q, k) == 0) ++k;
  return k;
}

/// Whether the query sees nothing, or several keys all alike.
bool looks_masked(StoredRows& rows, std::size_t q) {
  constexpr double tolerance = 1e-3;
  double first = 0;
  std::size_t seen = 0;
  for (std::size_t k = 0; k < rows.columns(); ++k) {
    const double weight = rows.number(q, k);
    if (weight == 0 || !std::isfinite(weight)) continue;
    if (seen++ == 0) first = weight;
    if (std::abs(weight - first) > tolerance * std::abs(first)) return false;
  }
  return seen != 1 || q == 0;
}

/// The most keys at the front that only masked queries, the first rows, see.
std::size_t padded_front(StoredRows& rows) {
  std::size_t unseen = rows.columns();
  std::size_t padded = 0;
  for (std::size_t q = rows.rows(); q-- > 1;) {
    unseen = std::min(unseen, unseen_before(rows, q));
    if (unseen == 0) break;
    if (unseen >= q && q < rows.columns()) padded = std::max(padded, q);
  }
  while (padded > 0) {
    std::size_t q = 0;
    while (q < padded && looks_masked(rows, q)) ++q;
    const bool one_row_of_one_key = padded == 1 && unseen_before(rows, 0) == 0 &&
                                    (rows.columns() < 2 || rows.number(0, 1) == 0);
    if (q == padded && !one_row_of_one_key) return padded;
    padded = std::min(q, padded - 1);
  }
  return 0;
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
    if (behind.not_finite + ahead.not_finite == keys) ++scan.nan_rows;
    ++scan.rows;
  }
  for (const double sum : column_sums) {
    scan.column_sum_deviation = std::max(scan.column_sum_deviation, std::abs(sum - 1));
  }
  scan.padded_front = padded_front(rows);
  for (std::size_t k = keys; k > 0 && column_sums[k - 1] == 0; --k) ++scan.unseen_tail;
  return scan;
}

}  // namespace attngraph
