#include "attention/heads/edge_scan.hpp"

#include <algorithm>
#include <cmath>

#include "attention/edges/edge_heads.hpp"
#include "attention/positions.hpp"

namespace attngraph {
namespace {

/// What one row has that is not zero.
struct RowEntries {
  double sum = 0;
  std::size_t finite = 0;
  std::size_t not_finite = 0;
  /// One more than the last key that gets a finite weight.
  std::size_t seen = 0;
};

/// @param visible keys up to the query's own place
RowEntries add_entries(const SparseRow& row, std::size_t first_key, std::size_t visible,
                       HeadScan& scan) {
  RowEntries entries;
  for (std::size_t i = 0; i < row.weights.size(); ++i) {
    const double weight = row.weights[i];
    const std::size_t key = static_cast<std::size_t>(row.keys[i]) - first_key;
    const bool ahead = key >= visible;
    if (weight == 0) continue;
    if (!std::isfinite(weight)) {
      ++entries.not_finite;
      if (ahead) ++scan.not_finite_ahead;
      continue;
    }
    ++entries.finite;
    entries.sum += weight;
    entries.seen = key + 1;
    if (weight < 0) ++scan.negative;
    if (!ahead) continue;
    ++scan.entries_ahead;
    scan.mass_ahead += weight;
  }
  return entries;
}

void add_sum(double sum, double tolerance, bool first, HeadScan& scan) {
  if (std::abs(sum - 1) > tolerance) ++scan.unnormalized_rows;
  scan.row_sum_min = first ? sum : std::min(scan.row_sum_min, sum);
  scan.row_sum_max = first ? sum : std::max(scan.row_sum_max, sum);
}

}  // namespace

HeadScan edge_scan(const EdgeArrays& edges, std::size_t queries, std::size_t keys,
                   std::size_t first_key, double tolerance) {
  HeadScan scan;
  scan.rows = scan.zero_rows = queries;
  scan.entries = scan.zeros = queries * keys;
  std::size_t seen = 0, sums = 0;
  for_each_sparse_row(edges, [&](const SparseRow& row) {
    const RowEntries entries =
        add_entries(row, first_key, keys_before(row.query, queries, keys), scan);
    scan.zeros -= entries.finite + entries.not_finite;
    scan.not_finite += entries.not_finite;
    scan.mass += entries.sum;
    seen = std::max(seen, entries.seen);
    if (entries.finite + entries.not_finite == 0) return;
    --scan.zero_rows;
    if (entries.not_finite == keys) return void(++scan.nan_rows);
    add_sum(entries.sum, tolerance, sums++ == 0, scan);
  });
  scan.unseen_tail = keys - seen;
  return scan;
}

}  // namespace attngraph
