#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "attention/computed/row_blocks.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The largest weights of a few consecutive queries: entry i is query[i], key[i], weight[i]; by
/// query, then largest first, equal ones by key. Zeros are left out.
template <typename Scalar>
struct LargestWeights {
  std::vector<std::int64_t> query;
  std::vector<std::int64_t> key;
  std::vector<Scalar> weight;
};

/// So many are found without ever having a row of weights.
inline constexpr std::size_t most_largest_weights = 64;

/// The `count` largest weights of every query of one head, straight from its queries and keys:
/// neither a row of weights nor a row of scores is ever stored. Work is shared among
/// worker_threads(); `visit` is called on the calling thread, queries in order.
/// @param query [queries, d]
/// @param key [keys, d]
/// @param rules with softmax as their normalizer
/// @param count 1 to most_largest_weights
/// @returns how many rows are fully masked: all zeros
/// @throws InputError where scores overflow `Scalar`
template <typename Scalar>
Index for_each_largest_weights(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                               const RowRules& rules, std::size_t count,
                               const std::function<void(const LargestWeights<Scalar>&)>& visit);

extern template Index for_each_largest_weights<float>(
    const MatrixF&, const MatrixF&, const RowRules&, std::size_t,
    const std::function<void(const LargestWeights<float>&)>&);
extern template Index for_each_largest_weights<double>(
    const Matrix&, const Matrix&, const RowRules&, std::size_t,
    const std::function<void(const LargestWeights<double>&)>&);

}  // namespace attngraph
