#pragma once

#include <functional>
#include <optional>

#include "attention/computed/scores.hpp"
#include "numeric/matrix.hpp"
#include "numeric/normalizer.hpp"

namespace attngraph {

/// How one head makes weights of its queries and keys.
struct RowRules {
  ScoreRules scores;
  Normalizer normalizer = Normalizer::softmax;
  /// A learned score of this head that takes part in the sum without a key (gpt-oss).
  std::optional<double> sink_logit;
};

/// Consecutive rows of one head's weights. Keys outside [first_key, first_key + columns) have
/// weight 0: what causal and window hide from all these queries is neither computed nor stored.
template <typename Scalar>
struct RowBlock {
  Index first_query;
  Index first_key;
  Eigen::Map<const MatrixOf<Scalar>> weights;
};

template <typename Scalar>
using VisitRows = std::function<void(const RowBlock<Scalar>&)>;

/// Work on a block that any thread may do, at the same time as on others; what it returns is called
/// afterwards on the calling thread, block by block in order.
template <typename Scalar>
using WorkOnRows = std::function<std::function<void()>(const RowBlock<Scalar>&)>;

/// The weights of one head, made a block of rows at a time and handed to `visit` in order; the
/// memory is that of one block, never [queries, keys]. Whoever wants the matrix stores the blocks.
/// Blocks are made on worker_threads() threads; each is no longer valid when `visit` returns.
/// @param query [queries, d]
/// @param key [keys, d]
/// @returns how many rows are fully masked: all zeros
/// @throws InputError where scores overflow `Scalar`
template <typename Scalar>
Index for_each_row_block(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                         const RowRules& rules, const VisitRows<Scalar>& visit);

/// The same where also what is done with a block is worth several threads. A block is valid until
/// the function that `work` returned for it has been called.
template <typename Scalar>
Index for_each_row_block_in_parallel(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                                     const RowRules& rules, const WorkOnRows<Scalar>& work);

extern template Index for_each_row_block<float>(const MatrixF&, const MatrixF&, const RowRules&,
                                                const VisitRows<float>&);
extern template Index for_each_row_block<double>(const Matrix&, const Matrix&, const RowRules&,
                                                 const VisitRows<double>&);

extern template Index for_each_row_block_in_parallel<float>(const MatrixF&, const MatrixF&,
                                                            const RowRules&,
                                                            const WorkOnRows<float>&);
extern template Index for_each_row_block_in_parallel<double>(const Matrix&, const Matrix&,
                                                             const RowRules&,
                                                             const WorkOnRows<double>&);

}  // namespace attngraph
