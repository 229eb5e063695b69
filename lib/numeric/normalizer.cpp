// Sparsemax and 1.5-entmax of one row.
//
// Both have the form p = max(0, z - tau)^a with a = 1 on z = s, a = 2 on z = s / 2. The threshold
// tau follows in closed form from the k largest scores, and the right k is the last for which tau
// lies below the k-th score: sort once, one pass with running sums. Exact, unlike bisection; cost
// O(n log n) a row. The maximum is subtracted first, so running sums stay small.

#include "numeric/normalizer.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "core/error.hpp"
#include "numeric/softmax.hpp"

namespace attngraph {
namespace {

/// @param sorted finite scores, falling
double sparsemax_threshold(const std::vector<double>& sorted) {
  double sum = 0, threshold = 0;
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    const double candidate = (sum - 1) / static_cast<double>(k + 1);
    if (candidate >= sorted[k]) break;
    threshold = candidate;
  }
  return threshold;
}

/// @param sorted finite halved scores, falling
double entmax15_threshold(const std::vector<double>& sorted) {
  double mean = 0, deviation = 0, threshold = 0;  // deviation: sum of squares about the mean
  for (std::size_t k = 0; k < sorted.size(); ++k) {
    const auto count = static_cast<double>(k + 1);
    const double step = sorted[k] - mean;
    mean += step / count;
    deviation += step * (sorted[k] - mean);
    if (deviation > 1) break;
    const double candidate = mean - std::sqrt((1 - deviation) / count);
    if (candidate >= sorted[k]) break;
    threshold = candidate;
  }
  return threshold;
}

template <typename Scalar>
bool sparse_weights(std::span<Scalar> scores, Normalizer normalizer) {
  double largest = -std::numeric_limits<double>::infinity();
  for (const Scalar score : scores) {
    if (std::isnan(score) || score == std::numeric_limits<Scalar>::infinity()) {
      throw InputError("scores", "a row holds NaN or infinity, expected finite scores");
    }
    largest = std::max(largest, static_cast<double>(score));
  }
  if (std::isinf(largest)) {
    std::fill(scores.begin(), scores.end(), Scalar(0));
    return false;
  }
  const double factor = normalizer == Normalizer::entmax15 ? 0.5 : 1.0;
  const auto shifted = [&](Scalar score) {
    return (static_cast<double>(score) - largest) * factor;
  };
  std::vector<double> sorted;
  for (const Scalar score : scores) {
    // A score that lies 1 or more below the largest one has weight 0 under either.
    if (shifted(score) > -1) sorted.push_back(shifted(score));
  }
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const double threshold =
      normalizer == Normalizer::entmax15 ? entmax15_threshold(sorted) : sparsemax_threshold(sorted);
  for (Scalar& score : scores) {
    const double weight = std::max(0.0, shifted(score) - threshold);
    score = static_cast<Scalar>(normalizer == Normalizer::entmax15 ? weight * weight : weight);
  }
  return true;
}

}  // namespace

template <typename Scalar>
bool normalize_scores(std::span<Scalar> scores, Normalizer normalizer,
                      std::optional<double> sink_logit) {
  if (normalizer == Normalizer::softmax) return softmax(scores, sink_logit);
  assert(!sink_logit);
  return sparse_weights(scores, normalizer);
}

template bool normalize_scores<float>(std::span<float>, Normalizer, std::optional<double>);
template bool normalize_scores<double>(std::span<double>, Normalizer, std::optional<double>);

}  // namespace attngraph
