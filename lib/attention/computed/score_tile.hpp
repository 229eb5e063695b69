#pragma once

#include "attention/computed/scores.hpp"
#include "numeric/matrix.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {

/// What at least one of `rows` queries from `first` on may see.
KeyRange visible_to_any(const ScoreRules& rules, Index queries, Index keys, Index first,
                        Index rows);

/// Where a tile of scores begins; the first key is a PackedMatrix::first_column.
struct TilePlace {
  Index first_query = 0;
  Index first_key = 0;
};

/// Fills `scores` [rows, columns] with the scores of so many queries [query, d] and keys from
/// `place` on, all rules applied; what may not be seen is -inf.
/// @throws InputError where a product overflows `Scalar`
template <typename Scalar>
void make_scores(const MatrixOf<Scalar>& query, const PackedMatrix<Scalar>& keys,
                 const ScoreRules& rules, TilePlace place, Eigen::Ref<MatrixOf<Scalar>> scores);

extern template void make_scores<float>(const MatrixF&, const PackedMatrix<float>&,
                                        const ScoreRules&, TilePlace, Eigen::Ref<MatrixF>);
extern template void make_scores<double>(const Matrix&, const PackedMatrix<double>&,
                                         const ScoreRules&, TilePlace, Eigen::Ref<Matrix>);

}  // namespace attngraph
