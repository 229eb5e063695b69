#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "attention/computed/scores.hpp"
#include "attention/row_block.hpp"
#include "numeric/matrix.hpp"
#include "numeric/normalizer.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {

/// How one head makes weights of its queries and keys.
struct RowRules {
  ScoreRules scores;
  Normalizer normalizer = Normalizer::softmax;
  /// A learned score of this head that takes part in the sum without a key (gpt-oss).
  std::optional<double> sink_logit;
};

/// Makes the blocks of one head one by one, in any order and by several threads. Heads with as many
/// keys and the same causal and window have the same blocks.
template <typename Scalar>
class RowBlockMaker {
 public:
  /// @param query [queries, d]
  /// @param key [keys, d]
  RowBlockMaker(MatrixOf<Scalar> query, const MatrixOf<Scalar>& key, RowRules rules);

  std::size_t blocks() const;
  Index queries() const { return query_.rows(); }
  /// Block `index`, which lies in `storage`.
  /// @param masked_rows grows by the rows that are fully masked: all zeros
  /// @throws InputError where scores overflow `Scalar`
  RowBlock<Scalar> block(std::size_t index, std::vector<Scalar>& storage, Index& masked_rows) const;

 private:
  MatrixOf<Scalar> query_;
  PackedMatrix<Scalar> keys_;
  RowRules rules_;
  Index block_rows_;
};

extern template class RowBlockMaker<float>;
extern template class RowBlockMaker<double>;

/// The weights of one head, made a block of rows at a time and handed to `visit` in order; the
/// memory is that of one block, never [queries, keys]. Whoever wants the matrix stores the blocks.
/// Blocks are made on worker_threads() threads; each is no longer valid when `visit` returns.
/// @returns how many rows are fully masked: all zeros
/// @throws InputError where scores overflow `Scalar`
template <typename Scalar>
Index for_each_row_block(const RowBlockMaker<Scalar>& maker, const VisitRows<Scalar>& visit);

/// The same where also what is done with a block is worth several threads.
template <typename Scalar>
Index for_each_row_block_in_parallel(const RowBlockMaker<Scalar>& maker,
                                     const WorkOnRows<Scalar>& work);

extern template Index for_each_row_block<float>(const RowBlockMaker<float>&,
                                                const VisitRows<float>&);
extern template Index for_each_row_block<double>(const RowBlockMaker<double>&,
                                                 const VisitRows<double>&);
extern template Index for_each_row_block_in_parallel<float>(const RowBlockMaker<float>&,
                                                            const WorkOnRows<float>&);
extern template Index for_each_row_block_in_parallel<double>(const RowBlockMaker<double>&,
                                                             const WorkOnRows<double>&);

}  // namespace attngraph
