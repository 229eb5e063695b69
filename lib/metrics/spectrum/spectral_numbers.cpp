#include "metrics/spectrum/spectral_numbers.hpp"

#include <cmath>
#include <limits>

namespace attngraph {

LaplacianNumbers laplacian_numbers(const Vector& values) {
  const Index n = values.size();
  const double sum = values.sum();
  if (n < 2 || !(sum > 0)) return {};
  const double fiedler = values[1], largest = values[n - 1];
  return {fiedler, largest, fiedler / largest,
          entropy_of(values / sum) / std::log(static_cast<double>(n)),
          values.tail(n - n / 2).sum() / sum};
}

SingularNumbers singular_numbers(const Vector& values) {
  const double sum = values.sum();
  if (!(sum > 0)) return {};
  const double sigma = values[0];
  return {sigma, std::exp(entropy_of(values / sum)), (values / sigma).squaredNorm()};
}

double log_self(const Matrix& weights) {
  double sum = 0;
  Index rows = 0;
  for (Index i = 0; i < weights.rows(); ++i) {
    if (weights.row(i).isZero(0)) continue;
    sum += weights(i, i) > 0 ? std::log(weights(i, i)) : std::numeric_limits<double>::quiet_NaN();
    ++rows;
  }
  return rows > 0 ? sum / static_cast<double>(rows) : std::numeric_limits<double>::quiet_NaN();
}

double entropy_of(const Vector& shares) {
  double entropy = 0;
  for (const double p : shares) {
    if (p > 0) entropy -= p * std::log(p);
  }
  return entropy;
}

}  // namespace attngraph
