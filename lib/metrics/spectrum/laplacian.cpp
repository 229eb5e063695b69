#include "metrics/spectrum/laplacian.hpp"

#include <cmath>
#include <utility>

#include "metrics/roots.hpp"
#include "numeric/eigenvalues.hpp"

namespace attngraph {

Matrix symmetrized(const Matrix& weights, SelfLoops self_loops) {
  Matrix s = 0.5 * (weights + weights.transpose());
  if (self_loops == SelfLoops::drop) s.diagonal().setZero();
  return s;
}

Laplacian combinatorial_laplacian(Matrix s) {
  const Index parts = connected_parts(s);
  s.diagonal().setZero();
  const Vector degrees = s.rowwise().sum();
  Matrix laplacian = -s;
  laplacian.diagonal() = degrees;
  return {std::move(laplacian), parts};
}

Laplacian normalized_laplacian(Matrix s) {
  const Index parts = connected_parts(s);
  const Vector degrees = s.rowwise().sum();
  const Vector scale = (degrees.array() > 0).select(degrees.array().rsqrt(), 0.0);
  s = -(scale.asDiagonal() * s * scale.asDiagonal());
  for (Index i = 0; i < s.rows(); ++i) {
    if (degrees[i] > 0) s(i, i) += 1;
  }
  return {std::move(s), parts};
}

Laplacian directed_laplacian(const Walk& walk, const Vector& stationary) {
  const Vector root = stationary.array().sqrt();
  Matrix flow = damped_steps(walk);
  flow = root.asDiagonal() * flow * root.cwiseInverse().asDiagonal();
  Matrix laplacian = -0.5 * (flow + flow.transpose());
  laplacian.diagonal().array() += 1;
  return {std::move(laplacian), 1};
}

Vector eigenvalues(const Laplacian& laplacian) {
  Vector values = symmetric_eigenvalues(laplacian.matrix).cwiseMax(0.0);
  values.head(laplacian.parts).setZero();
  return values;
}

Index connected_parts(const Matrix& s) {
  Roots parts(static_cast<std::size_t>(s.rows()));
  const auto tokens = static_cast<std::int32_t>(s.rows());
  for (std::int32_t i = 0; i < tokens; ++i) {
    for (std::int32_t j = 0; j < i; ++j) {
      if (s(i, j) != 0) parts.join(i, j);
    }
  }
  return static_cast<Index>(parts.sets());
}

}  // namespace attngraph
