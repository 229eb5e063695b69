// Keeping the edges that matter.
//
// Every criterion marks what it keeps and the marks are intersected; then rows are changed one at a
// time. Criteria of a row cost O(n log n) for it, the share of all entries one selection over the
// matrix, the spanning forest O(n²).

#include "attention/edges/sparsify.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "attention/edges/spanning_forest.hpp"
#include "attention/positions.hpp"
#include "core/error.hpp"
#include "numeric/largest_entries.hpp"

namespace attngraph {
namespace {

using Marks = std::vector<char>;

constexpr double no_rows = std::numeric_limits<double>::quiet_NaN();

void keep_share(const Matrix& weights, double share, Marks& keep) {
  std::vector<Index> entries;
  for (Index i = 0; i < weights.size(); ++i) {
    if (weights.data()[i] != 0) entries.push_back(i);
  }
  // Without the slack 0.07 of 100 would be 8, rounded up from 7.000000000000001.
  const double count = std::ceil(share * static_cast<double>(entries.size()) - 1e-9);
  const auto first_lost = entries.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(entries.begin(), first_lost, entries.end(), [&](Index a, Index b) {
    const double x = weights.data()[a], y = weights.data()[b];
    return x > y || (x == y && a < b);
  });
  for (auto lost = first_lost; lost != entries.end(); ++lost) keep[*lost] = 0;
}

void keep_forest(const Matrix& weights, Marks& keep) {
  assert(weights.rows() == weights.cols());
  Marks chosen(keep.size(), 0);
  for (const auto& [first, second] : maximum_spanning_forest(weights)) {
    chosen[first * weights.cols() + second] = 1;
    chosen[second * weights.cols() + first] = 1;
  }
  for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = keep[i] && chosen[i];
}

void keep_pattern(const Matrix& weights, const PatternCriteria& criteria, Causality causality,
                  Marks& keep) {
  const auto queries = static_cast<std::size_t>(weights.rows());
  const auto keys = static_cast<std::size_t>(weights.cols());
  HeadPattern pattern(criteria, queries, keys, causality);
  const auto key_of = [](std::size_t key) { return key; };
  for (std::size_t q = 0; q < queries; ++q) {
    pattern.add(q, key_of, {weights.row(static_cast<Index>(q)).data(), keys});
  }
  pattern.choose();
  for (std::size_t q = 0; q < queries; ++q) {
    pattern.mark(q, key_of, std::span(keep).subspan(q * keys, keys));
  }
}

/// 1 more than the last key that any query sees.
std::size_t last_seen(const Matrix& weights) {
  Index seen = weights.cols();
  while (seen > 0 && weights.col(seen - 1).isZero(0.0)) --seen;
  return static_cast<std::size_t>(seen);
}

}  // namespace

void check_sparsify(const SparsifyOptions& options) {
  check_criteria(options.row);
  if (options.keep_ratio && !(*options.keep_ratio > 0 && *options.keep_ratio <= 1)) {
    throw ArgumentError("$keep-ratio", "is not a number above 0 and up to 1");
  }
  check_pattern(options.pattern);
  if (!options.row.any() && !options.pattern.any() && options.by_row()) {
    throw ArgumentError("", "nothing says which edges to keep",
                        "give $threshold, $top-k, $top-p, $keep-ratio, $disparity, $mst, "
                        "$vertical, $slash, $stream or $blocks");
  }
}

void SparsifyLoss::add_row(std::span<const double> row, std::span<const char> keep,
                           std::size_t entries) {
  entries_ += entries;
  double sum = 0, mass = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    sum += row[i];
    squares_ += row[i] * row[i];
    if (keep[i]) {
      mass += row[i];
      ++kept_;
    } else {
      lost_squares_ += row[i] * row[i];
    }
  }
  if (sum == 0) return;
  ++rows_;
  mass_sum_ += mass / sum;
  mass_min_ = std::min(mass_min_, mass / sum);
}

double SparsifyLoss::sparsity() const {
  return entries_ == 0 ? 0 : 1 - static_cast<double>(kept_) / static_cast<double>(entries_);
}

double SparsifyLoss::mass_mean() const {
  return rows_ == 0 ? no_rows : mass_sum_ / static_cast<double>(rows_);
}

double SparsifyLoss::mass_min() const { return rows_ == 0 ? no_rows : mass_min_; }

double SparsifyLoss::frobenius_loss() const {
  return squares_ == 0 ? 0 : std::sqrt(lost_squares_ / squares_);
}

void sparsify_row(std::span<double> row, std::size_t visible, std::size_t entries,
                  const SparsifyOptions& options, std::span<char> keep, SparsifyLoss& loss) {
  apply_criteria(row, visible, options.row, keep);
  const bool empty = std::find(keep.begin(), keep.end(), 1) == keep.end();
  if (empty && options.empty_row == EmptyRow::keep_max) {
    for (const std::size_t i : largest_entries<double>(row, 1)) keep[i] = 1;
  }
  loss.add_row(row, keep, entries);
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!keep[i]) row[i] = 0;
    sum += row[i];
  }
  if (options.renormalize == Renormalize::none || sum == 0) return;
  for (double& weight : row) weight /= sum;
}

SparsifyLoss sparsify(Matrix& weights, const SparsifyOptions& options, Causality causality,
                      std::optional<std::size_t> seen_keys) {
  Marks keep(static_cast<std::size_t>(weights.size()), 1);
  if (options.keep_ratio) keep_share(weights, *options.keep_ratio, keep);
  if (options.spanning_forest) keep_forest(weights, keep);
  if (options.pattern.any()) keep_pattern(weights, options.pattern, causality, keep);
  const auto keys = static_cast<std::size_t>(weights.cols());
  const auto queries = static_cast<std::size_t>(weights.rows());
  const std::size_t seen = !options.row.by_visible_keys() ? 0
                           : seen_keys                    ? *seen_keys
                                                          : last_seen(weights);
  SparsifyLoss loss;
  for (std::size_t q = 0; q < queries; ++q) {
    const std::size_t visible =
        causality == Causality::causal ? keys_before(q, queries, keys) : seen;
    sparsify_row({weights.row(static_cast<Index>(q)).data(), keys}, visible, keys, options,
                 std::span(keep).subspan(q * keys, keys), loss);
  }
  return loss;
}

}  // namespace attngraph
