// The smallest eigenvalues are the largest of bound - L, as Lanczos' iteration finds the ends of a
// spectrum alone without solving with L. A graph in several parts has the eigenvalue 0 for each;
// those are known, and taken out of every product.
#include "metrics/spectrum/few_modes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/few_eigenvalues.hpp"

namespace attngraph {

StreamedLaplacian::StreamedLaplacian(const StreamedHead& head, const StreamedHead::Facts& facts,
                                     LaplacianScale scale, SelfLoops self_loops)
    : head_(head),
      dropped_(self_loops == SelfLoops::drop || scale == LaplacianScale::combinatorial
                   ? facts.diagonal
                   : Vector::Zero(head.size())),
      degrees_(.5 * (facts.row_others + facts.column_others) + (facts.diagonal - dropped_)) {
  scale_ = null_vectors_ = Vector::Ones(head.size());
  diagonal_ = degrees_;
  if (scale == LaplacianScale::normalized) {
    const auto connected = (degrees_.array() > 0).eval();
    scale_ = connected.select(degrees_.array().rsqrt(), 0.0);
    null_vectors_ = connected.select(degrees_.array().sqrt(), 1.0);
    diagonal_ = connected.cast<double>();
  }
  Roots parts = facts.parts;
  parts_ = static_cast<Index>(parts.sets());
  Vector squares = Vector::Zero(head.size());
  for (Index i = 0; i < head.size(); ++i) {
    part_.push_back(parts.root(static_cast<std::int32_t>(i)));
    squares[part_.back()] += null_vectors_[i] * null_vectors_[i];
  }
  for (Index i = 0; i < head.size(); ++i) {
    null_vectors_[i] /= std::sqrt(squares[part_[static_cast<std::size_t>(i)]]);
  }
}

Vector StreamedLaplacian::times(const Vector& x) const {
  const Vector scaled = scale_.cwiseProduct(x);
  const Vector s = .5 * head_.both_times(scaled) - dropped_.cwiseProduct(scaled);
  return diagonal_.cwiseProduct(x) - scale_.cwiseProduct(s);
}

void StreamedLaplacian::take_out_null_vectors(Vector& x) const {
  Vector shares = Vector::Zero(x.size());
  for (Index i = 0; i < x.size(); ++i) {
    shares[part_[static_cast<std::size_t>(i)]] += null_vectors_[i] * x[i];
  }
  for (Index i = 0; i < x.size(); ++i) {
    x[i] -= shares[part_[static_cast<std::size_t>(i)]] * null_vectors_[i];
  }
}

Vector StreamedLaplacian::smallest(Index count) const {
  Vector values = Vector::Zero(count);
  const Index zeros = std::min(parts_, count);
  if (zeros == count) return values;
  const double bound = 2 * std::max(diagonal_.maxCoeff(), std::numeric_limits<double>::min());
  const LinearMap from_above = [&](const Vector& x) {
    Vector left = x;
    take_out_null_vectors(left);
    Vector y = bound * left - times(left);
    take_out_null_vectors(y);
    return y;
  };
  const Vector found = largest_eigenvalues(from_above, head_.size(), count - zeros);
  values.tail(count - zeros) = (bound - found.array()).max(0.0);
  return values;
}

Vector StreamedLaplacian::largest(Index count) const {
  const LinearMap apply = [&](const Vector& x) { return times(x); };
  const Vector found = largest_eigenvalues(apply, head_.size(), count);
  return found.reverse().cwiseMax(0.0);
}

double largest_singular_value(const StreamedHead& head) {
  const LinearMap square = [&](const Vector& x) { return head.transposed_times(head.times(x)); };
  return std::sqrt(std::max(0.0, largest_eigenvalues(square, head.size(), 1)[0]));
}

WalkNumbers causal_walk_numbers(const StreamedHead::Facts& facts, const WalkRules& rules) {
  const Index n = facts.diagonal.size();
  const Vector& others =
      rules.direction == Direction::attends ? facts.row_others : facts.column_others;
  Vector leaves(n);
  for (Index i = 0; i < n; ++i) {
    const double sum = others[i] + facts.diagonal[i];
    leaves[i] = sum > 0 ? others[i] / sum
                        : 1 - 1 / static_cast<double>(reach_of_nothing(i, n, rules).count);
  }
  return triangular_walk_numbers(leaves, rules.damping);
}

double log_self(const StreamedHead::Facts& facts) {
  double sum = 0;
  Index rows = 0;
  for (Index i = 0; i < facts.diagonal.size(); ++i) {
    const double self = facts.diagonal[i];
    if (!(facts.row_others[i] + self > 0)) continue;
    sum += self > 0 ? std::log(self) : std::numeric_limits<double>::quiet_NaN();
    ++rows;
  }
  return rows > 0 ? sum / static_cast<double>(rows) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace attngraph
