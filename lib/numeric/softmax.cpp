// Softmax of one row.
//
// The maximum is subtracted first, so nothing overflows; a vectorised exponential serves all
// keys at once. It answers with a tiny positive number far below zero, which would draw an edge
// where there is none: everything below the smallest normal number becomes an exact 0, masked
// scores among them. Cost: three passes over the row.

#include "numeric/softmax.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {

template <typename Scalar>
bool softmax(std::span<Scalar> scores, std::optional<double> sink_logit) {
  const auto& kernel = scalar_kernels<Scalar>();
  const auto count = static_cast<std::ptrdiff_t>(scores.size());
  constexpr Scalar lowest = -std::numeric_limits<Scalar>::infinity();
  const Scalar largest = count == 0 ? lowest : kernel.maximum(scores.data(), count);
  if (largest == lowest) {
    std::fill(scores.begin(), scores.end(), Scalar(0));
    return false;
  }
  const auto sink =
      static_cast<Scalar>(sink_logit.value_or(-std::numeric_limits<double>::infinity()));
  const Scalar shift = std::max(largest, sink);
  if (!std::isfinite(shift) || std::isnan(largest)) {
    throw InputError("scores", "a row holds NaN or infinity, expected finite scores");
  }
  const double sum = kernel.exponentials(scores.data(), count, shift) +
                     std::exp(static_cast<double>(sink) - static_cast<double>(shift));
  kernel.scale(scores.data(), count, 1 / sum);
  return true;
}

template bool softmax<float>(std::span<float>, std::optional<double>);
template bool softmax<double>(std::span<double>, std::optional<double>);

}  // namespace attngraph
