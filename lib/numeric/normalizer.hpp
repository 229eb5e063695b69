#pragma once

#include <optional>
#include <span>

namespace attngraph {

/// What turns scores into weights that sum to 1.
enum class Normalizer {
  softmax,
  /// Euclidean projection onto the simplex (Martins and Astudillo 2016)
  sparsemax,
  /// Halfway between them: 1.5-entmax (Peters, Niculae and Martins 2019)
  entmax15,
};

/// Turns one row of scores into weights, in place; -inf gets weight 0, a row of nothing else
/// becomes all zeros. Sparsemax and entmax15 are exact, by sorting, in double.
/// @param sink_logit as in softmax; only softmax has one
/// @returns false where every score is -inf
/// @throws InputError where a score is NaN or +inf
template <typename Scalar>
bool normalize_scores(std::span<Scalar> scores, Normalizer normalizer,
                      std::optional<double> sink_logit = std::nullopt);

extern template bool normalize_scores<float>(std::span<float>, Normalizer, std::optional<double>);
extern template bool normalize_scores<double>(std::span<double>, Normalizer, std::optional<double>);

}  // namespace attngraph
