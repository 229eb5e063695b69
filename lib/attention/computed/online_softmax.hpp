#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "numeric/kernels/kernels.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// What softmax needs to know of a row whose scores come a few at a time: the largest so far and
/// the sum of exponentials below it, rescaled when a larger one comes (Milakov and Gimelshein 2018,
/// "Online normalizer calculation for softmax").
template <typename Scalar>
class OnlineSoftmax {
 public:
  /// @returns the largest of these `count` scores, at least one
  Scalar add(const Scalar* scores, Index count) {
    const auto& kernel = scalar_kernels<Scalar>();
    const Scalar largest = kernel.maximum(scores, count);
    if (largest == lowest) return largest;
    if (largest > largest_) {
      sum_ *= std::exp(static_cast<double>(largest_) - static_cast<double>(largest));
      largest_ = largest;
    }
    sum_ += kernel.sum_of_exponentials(scores, count, largest_);
    return largest;
  }

  /// Every score is -inf.
  bool masked() const { return largest_ == lowest; }

  /// A score s has the weight exp(s - shift) * factor.
  struct Scale {
    Scalar shift = 0;
    double factor = 0;
  };
  /// Zeros where the row is masked.
  /// @param sink_logit as in softmax()
  Scale scale(std::optional<double> sink_logit) const {
    if (masked()) return {};
    const auto sink = static_cast<Scalar>(sink_logit.value_or(lowest));
    const Scalar shift = std::max(largest_, sink);
    const double sum = sum_ * std::exp(static_cast<double>(largest_) - shift) +
                       std::exp(static_cast<double>(sink) - shift);
    return {shift, 1 / sum};
  }

 private:
  static constexpr Scalar lowest = -std::numeric_limits<Scalar>::infinity();
  Scalar largest_ = lowest;
  double sum_ = 0;
};

}  // namespace attngraph
