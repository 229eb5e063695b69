#pragma once

#include "metrics/spectrum/laplacian.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How a signal on the tokens varies along the edges of a head. All but the energy are NaN where
/// the signal is 0.
struct SignalNumbers {
  /// tr(Xᵀ L X)
  double energy;
  /// energy / ‖X‖²
  double smoothness;
  /// -Σ e ln e over the shares of the modes in ‖X‖²
  double entropy;
  /// What the highest modes have of it.
  double high;
};

/// Modes whose eigenvalues are within 1e-9 of their neighbour's share their energy equally, so that
/// no number depends on the basis a solver found.
/// @param signal X [token, width]
/// @param cutoff the share of modes that are the highest
SignalNumbers signal_numbers(const Laplacian& laplacian, const Matrix& signal, double cutoff);

}  // namespace attngraph
