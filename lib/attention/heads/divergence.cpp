// Jensen-Shannon divergence of two heads.
//
// Requires finite weights, not negative. With m = (a + b) / 2 it is (Σ a log a + Σ b log b) / 2 -
// Σ m log m, which never divides and stays right for zeros and for rows that do not sum to 1. Two
// equal heads give exactly 0, because both sums are made the same way; otherwise the rounding is
// that of the sums, about 1e-15. O(n²) with one logarithm for each entry. Rows that are zero in
// both add nothing to the sums and are not counted; heads of nothing else are equal.

#include "attention/heads/divergence.hpp"

#include <algorithm>

#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

/// Row by row, so that the temporary of a mean stays in the cache.
double row_log_mass(const double* row, Index count) { return -kernels().entropy(row, count); }

}  // namespace

double log_mass(const Matrix& weights) {
  double sum = 0;
  for (Index q = 0; q < weights.rows(); ++q)
    sum += row_log_mass(weights.row(q).data(), weights.cols());
  return sum;
}

double jensen_shannon(const Matrix& a, const Matrix& b, double log_mass_a, double log_mass_b) {
  Eigen::Array<double, 1, Eigen::Dynamic> mean(a.cols());
  double sum = 0;
  Index rows = 0;
  for (Index q = 0; q < a.rows(); ++q) {
    mean = (a.row(q).array() + b.row(q).array()) / 2;
    if (mean.sum() == 0) continue;
    sum += row_log_mass(mean.data(), mean.size());
    ++rows;
  }
  if (rows == 0) return 0;
  const double divergence = (log_mass_a + log_mass_b) / 2 - sum;
  return std::max(0.0, divergence / static_cast<double>(rows));
}

}  // namespace attngraph
