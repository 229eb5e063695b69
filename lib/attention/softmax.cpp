// Softmax of one row.
//
// The maximum is subtracted first, so nothing overflows; Eigen's vectorised exponential serves all
// keys at once. It answers with a tiny positive number far below zero, which would draw an edge
// where there is none: everything below the smallest normal number becomes an exact 0, masked
// scores among them. Cost: four passes over the row.

#include "attention/softmax.hpp"

#include <cmath>
#include <limits>

#include <Eigen/Core>

#include "core/error.hpp"

namespace attngraph {

template <typename Scalar>
bool softmax(std::span<Scalar> scores, std::optional<double> sink_logit) {
  using Row = Eigen::Array<Scalar, 1, Eigen::Dynamic>;
  Eigen::Map<Row> row(scores.data(), static_cast<Eigen::Index>(scores.size()));
  const auto largest = row.size() == 0 ? -std::numeric_limits<Scalar>::infinity()
                                       : row.template maxCoeff<Eigen::PropagateNaN>();
  if (largest == -std::numeric_limits<Scalar>::infinity()) {
    row.setZero();
    return false;
  }
  const auto sink =
      static_cast<Scalar>(sink_logit.value_or(-std::numeric_limits<double>::infinity()));
  const Scalar shift = std::max(largest, sink);
  if (!std::isfinite(shift) || std::isnan(largest)) {
    throw InputError("scores", "a row holds NaN or infinity, expected finite scores");
  }
  row = (row - shift).exp();
  for (Scalar& weight : scores) {
    if (weight < std::numeric_limits<Scalar>::min()) weight = 0;
  }
  const double sum =
      row.template cast<double>().sum() + std::exp(static_cast<double>(sink) - shift);
  row = (row.template cast<double>() / sum).template cast<Scalar>();
  return true;
}

template bool softmax<float>(std::span<float>, std::optional<double>);
template bool softmax<double>(std::span<double>, std::optional<double>);

}  // namespace attngraph
