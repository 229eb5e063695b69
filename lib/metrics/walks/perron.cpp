// Power iteration from all ones; where its steps stay long for a thousand of them (nearly
// separate parts, long cycles), Noda's iteration: inverse iteration whose shift is an upper bound
// of the eigenvalue, quadratically convergent for every non-negative irreducible matrix (Noda
// 1971). Cost: O(edges) for each power step, O(n^3) for each of a handful of Noda's.
#include "metrics/walks/perron.hpp"

#include <Eigen/LU>
#include <cmath>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

constexpr int power_steps = 1000;
constexpr int most_power_steps = 200000;
constexpr int noda_steps = 40;
constexpr int polish_steps = 20;
constexpr double tolerance = 1e-14;

// Whether steps of this size, each smaller than the one before by `ratio`, sum to next to nothing.
// Steps of rounding size say nothing about the ratio.
bool arrived(double step, double ratio) {
  if (step <= 1e-15) return true;
  return ratio < 1.0 && step * ratio / (1.0 - ratio) <= tolerance;
}

// One step of power iteration; the new x has largest entry 1.
double power_step(const LinearMap& apply, Vector& x) {
  const Vector y = apply(x);
  const double value = y.maxCoeff();
  x = y / value;
  return value;
}

bool iterate(const LinearMap& apply, int steps, PerronPair& pair) {
  double last_step = 0;
  double last_ratio = 1;
  for (int i = 0; i < steps; ++i) {
    const Vector before = pair.vector;
    pair.value = power_step(apply, pair.vector);
    // Relative for each entry: small ones are as exact as large ones.
    const double step =
        ((pair.vector - before).array().abs() / before.array().max(1e-300)).maxCoeff();
    const double ratio = last_step > 0 ? step / last_step : 1.0;
    // The worse of two ratios: steps of a complex pair of eigenvalues swing.
    if (arrived(step, std::max(ratio, last_ratio))) return true;
    last_step = step;
    last_ratio = ratio;
    check_stop();
  }
  return false;
}

void noda(const LinearMap& apply, const Matrix& matrix, PerronPair& pair) {
  const Index n = matrix.rows();
  double last_spread = std::numeric_limits<double>::infinity();
  for (int i = 0; i < noda_steps; ++i) {
    const Vector image = apply(pair.vector);
    const double shift = (image.array() / pair.vector.array()).maxCoeff();
    const double spread = (image - shift * pair.vector).lpNorm<Eigen::Infinity>() / shift;
    if (spread <= 1e-16 || (spread < 1e-13 && spread >= last_spread)) return;
    last_spread = spread;
    const Matrix shifted = shift * (1.0 + 1e-15) * Matrix::Identity(n, n) - matrix;
    const Vector y = shifted.partialPivLu().solve(pair.vector).cwiseAbs();
    if (!y.allFinite()) return;
    pair.vector = y / y.maxCoeff();
    // Small entries carry the rounding of the factorisation; a step forward renews them.
    pair.value = power_step(apply, pair.vector);
    check_stop();
  }
}

}  // namespace

PerronPair perron_pair(const LinearMap& apply, Index size, const std::function<Matrix()>& dense) {
  PerronPair pair{0.0, Vector::Ones(size)};
  if (iterate(apply, power_steps, pair)) return pair;
  if (size <= most_dense_rows) {
    noda(apply, dense(), pair);
    iterate(apply, polish_steps, pair);
    return pair;
  }
  if (!iterate(apply, most_power_steps, pair)) {
    throw LimitError("eigenvector",
                     "no convergence after " + std::to_string(most_power_steps) +
                         " steps on a graph of " + std::to_string(size) + " nodes",
                     "the graph nearly falls apart; sparsify it, or ask for pagerank");
  }
  return pair;
}

}  // namespace attngraph
