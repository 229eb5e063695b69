#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attention/row_block.hpp"
#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// What the products of one head's queries and keys go through before they are normalised, in
/// this order: scale, softcap, bias, mask, causal, window.
struct ScoreRules {
  double scale = 1;
  /// c * tanh(score / c) (Gemma 2)
  std::optional<double> softcap;
  /// Query i sees keys 0 … i + (keys - queries).
  bool causal = false;
  /// The keys nearest to the query, itself included, on one side (causal) or on both.
  std::optional<std::size_t> window;
  /// [queries or 1, keys or 1]; non-zero may attend. Empty for none.
  Tensor mask;
  /// [queries or 1, keys or 1], added; -inf and the lowest finite number of float16, bfloat16 and
  /// float32 mask. Empty for none.
  Tensor bias;
};

/// Keys `begin` to `end` (not included); empty where begin == end.
struct KeyRange {
  Index begin = 0;
  Index end = 0;
};

/// What causal and window let one of `queries` see of `keys`; never out of bounds.
KeyRange visible_keys(const ScoreRules& rules, Index queries, Index keys, Index query);

/// Whether all keys behind a query's own position are hidden from it, for every query.
bool hides_later_keys(const ScoreRules& rules, Index queries, Index keys);

/// Turns plain products Q Kᵀ, scale already in them, into scores; what may not be seen is -inf.
template <typename Scalar>
void apply_rules(const ScoreRules& rules, const BlockPlace& place,
                 Eigen::Ref<MatrixOf<Scalar>> products);

extern template void apply_rules<float>(const ScoreRules&, const BlockPlace&, Eigen::Ref<MatrixF>);
extern template void apply_rules<double>(const ScoreRules&, const BlockPlace&, Eigen::Ref<Matrix>);

/// The view [query or 1, key or 1] of a mask or bias for one head. The tensor broadcasts, as NumPy
/// does, to [layer, head, query, key].
Tensor head_view(const Tensor& tensor, std::size_t layer, std::size_t head);

/// Checks that a mask broadcasts to `shape` ([layer, head, query, key]) and holds only 0 and 1
/// where it is floating. @throws InputError
void check_mask(const Tensor& mask, const Shape& shape);

/// Checks that a bias broadcasts to `shape` and holds neither NaN nor +inf.
/// @returns a note where lowest finite numbers are taken as a mask
/// @throws InputError
std::vector<std::string> check_bias(const Tensor& bias, const Shape& shape);

}  // namespace attngraph
