#include "metrics/spectrum/signal.hpp"

#include <cmath>
#include <limits>

#include "metrics/spectrum/spectral_numbers.hpp"
#include "numeric/eigenvalues.hpp"

namespace attngraph {
namespace {

constexpr double equal_values = 1e-9;

/// ‖u_iᵀ X‖² of every mode, those of equal eigenvalues made equal.
Vector mode_energies(const Laplacian& laplacian, const Matrix& signal) {
  Eigensystem system = symmetric_eigensystem(laplacian.matrix);
  system.values.head(laplacian.parts).setZero();
  Vector energies = (system.modes * signal).rowwise().squaredNorm();
  const Index n = energies.size();
  for (Index first = 0, end = 0; first < n; first = end) {
    for (end = first + 1; end < n; ++end) {
      if (system.values[end] - system.values[end - 1] > equal_values) break;
    }
    const double mean = energies.segment(first, end - first).mean();
    energies.segment(first, end - first).setConstant(mean);
  }
  return energies;
}

}  // namespace

SignalNumbers signal_numbers(const Laplacian& laplacian, const Matrix& signal, double cutoff) {
  const double energy = signal.cwiseProduct(laplacian.matrix * signal).sum();
  const double squares = signal.squaredNorm();
  if (!(squares > 0)) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return {0, none, none, none};
  }
  const Vector energies = mode_energies(laplacian, signal);
  const auto n = static_cast<double>(energies.size());
  const auto first = static_cast<Index>(std::floor((1 - cutoff) * n + 1e-9));
  const Vector shares = energies / energies.sum();
  return {energy, energy / squares, entropy_of(shares), shares.tail(shares.size() - first).sum()};
}

}  // namespace attngraph
