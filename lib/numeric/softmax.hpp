#pragma once

#include <optional>
#include <span>

namespace attngraph {

/// Turns one row of scores into weights, in place: exp(s - max) / sum. A score of -inf gets weight
/// 0; a row of nothing else becomes all zeros. The sum is taken in double. Weights below the
/// smallest normal number of `Scalar` are 0.
/// @param sink_logit a score that takes part in the sum but has no key (gpt-oss)
/// @returns false where every score is -inf
/// @throws InputError where a score is NaN or +inf
template <typename Scalar>
bool softmax(std::span<Scalar> scores, std::optional<double> sink_logit = std::nullopt);

extern template bool softmax<float>(std::span<float>, std::optional<double>);
extern template bool softmax<double>(std::span<double>, std::optional<double>);

}  // namespace attngraph
