#include "attention/head_scan.hpp"

#include <algorithm>
#include <cmath>

namespace attngraph {
namespace {

/// What one row adds, apart from its sum.
struct RowCounts {
  std::size_t not_finite = 0;
  std::size_t negative = 0;
  std::size_t zeros = 0;
  std::size_t zeros_behind = 0;
  std::size_t entries_ahead = 0;
  double mass_ahead = 0;
  double sum = 0;
};

using Row = Eigen::Ref<const Eigen::RowVectorXd>;

std::size_t zeros_in(const Row& part) {
  return static_cast<std::size_t>((part.array() == 0).count());
}

/// A row of finite numbers, a few at a time; `ahead` are those on keys behind the query's place.
RowCounts counts_of_finite(const Row& row, Index ahead, double sum) {
  RowCounts counts;
  counts.sum = sum;
  counts.zeros = zeros_in(row);
  const std::size_t zeros_ahead = zeros_in(row.tail(ahead));
  counts.zeros_behind = counts.zeros - zeros_ahead;
  counts.entries_ahead = static_cast<std::size_t>(ahead) - zeros_ahead;
  counts.mass_ahead = row.tail(ahead).sum();
  if (row.minCoeff() < 0) counts.negative = static_cast<std::size_t>((row.array() < 0).count());
  return counts;
}

/// The row with every number that is not finite as 0.
Eigen::RowVectorXd finite_part(const Row& row) {
  return row.array().isFinite().select(row.array(), 0.0).matrix();
}

void add(const RowCounts& row, Index keys, double tolerance, HeadScan& scan) {
  scan.not_finite += row.not_finite;
  scan.negative += row.negative;
  scan.zeros += row.zeros;
  scan.zeros_behind += row.zeros_behind;
  scan.entries_ahead += row.entries_ahead;
  scan.mass_ahead += row.mass_ahead;
  scan.mass += row.sum;
  if (row.zeros == static_cast<std::size_t>(keys)) {
    ++scan.zero_rows;
    return;
  }
  if (std::abs(row.sum - 1) > tolerance) ++scan.unnormalized_rows;
  const bool first = scan.rows == scan.zero_rows;
  scan.row_sum_min = first ? row.sum : std::min(scan.row_sum_min, row.sum);
  scan.row_sum_max = first ? row.sum : std::max(scan.row_sum_max, row.sum);
}

}  // namespace

HeadScan head_scan(const Matrix& weights, double tolerance) {
  HeadScan scan;
  scan.entries = static_cast<std::size_t>(weights.size());
  const Index shift = weights.cols() - weights.rows();
  Eigen::RowVectorXd column_sums = Eigen::RowVectorXd::Zero(weights.cols());
  for (Index q = 0; q < weights.rows(); ++q) {
    const Index visible = std::clamp<Index>(q + shift + 1, 0, weights.cols());
    const Index ahead = weights.cols() - visible;
    const double sum = weights.row(q).sum();
    if (std::isfinite(sum)) {
      column_sums += weights.row(q);
      add(counts_of_finite(weights.row(q), ahead, sum), weights.cols(), tolerance, scan);
    } else {
      const Eigen::RowVectorXd row = finite_part(weights.row(q));
      column_sums += row;
      RowCounts counts = counts_of_finite(row, ahead, row.sum());
      counts.not_finite = static_cast<std::size_t>((!weights.row(q).array().isFinite()).count());
      counts.zeros -= counts.not_finite;
      add(counts, weights.cols(), tolerance, scan);
    }
    ++scan.rows;
  }
  scan.column_sum_deviation = (column_sums.array() - 1).abs().maxCoeff();
  for (Index k = weights.cols(); k > 0 && column_sums[k - 1] == 0; --k) ++scan.unseen_tail;
  return scan;
}

}  // namespace attngraph
