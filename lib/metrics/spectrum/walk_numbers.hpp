#pragma once

#include <limits>

#include "metrics/spectrum/walk.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How a walk forgets where it began. NaN where a number does not exist.
struct WalkNumbers {
  /// 1 - |λ| of the largest |λ| beside the eigenvalue 1 itself; 0 where the walk has several ends
  /// or a period.
  double gap = 0;
  /// The least t at which every P^t(i, ·) is within 1/4 of π in total variation; none beyond 10^6.
  double mixing = std::numeric_limits<double>::quiet_NaN();
  /// Kemeny's constant Σ 1 / (1 - λ) over the same eigenvalues: steps to a token drawn from π, from
  /// wherever.
  double kemeny = std::numeric_limits<double>::quiet_NaN();
  /// Σ π_i H(P(i, ·)) in nats: what each step tells.
  double entropy_rate = std::numeric_limits<double>::quiet_NaN();
};

/// @param stationary π where the walk has one end; else not looked at
WalkNumbers walk_numbers(const Walk& walk, const Vector& stationary);

/// What can be said of a walk whose steps are triangular by the share of its steps that leave each
/// token: gap, kemeny, and without damping entropy_rate, as it then ends at one token for good.
WalkNumbers triangular_walk_numbers(const Vector& leaves, double damping);

}  // namespace attngraph
