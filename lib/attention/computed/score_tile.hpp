#pragma once

#include <algorithm>

#include "attention/computed/scores.hpp"
#include "numeric/matrix.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {

/// What at least one of `rows` queries from `first` on may see.
KeyRange visible_to_any(const ScoreRules& rules, Index queries, Index keys, Index first,
                        Index rows);

/// Rows of scores that stay in the nearest cache, and keys that stay in the second with them.
constexpr Index stretch_rows = 16;
constexpr Index stretch_keys = 512;

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

/// Calls `visit(row, scores, count, first_key)` with all that `rows` queries from `first` on may
/// see, a stretch of keys at a time, row by row within it; `row` counts from `first`. Stretches
/// begin and end at the same keys whatever queries are asked for.
/// @throws as make_scores
template <typename Scalar, typename Visit>
void for_each_score_stretch(const MatrixOf<Scalar>& query, const PackedMatrix<Scalar>& keys,
                            const ScoreRules& rules, Index first, Index rows, const Visit& visit) {
  const KeyRange range = visible_to_any(rules, query.rows(), keys.columns(), first, rows);
  MatrixOf<Scalar> scores;
  for (Index begin = range.begin / stretch_keys * stretch_keys; begin < range.end;
       begin += stretch_keys) {
    const Index columns = std::min(stretch_keys, range.end - begin);
    for (Index row = 0; row < rows; row += stretch_rows) {
      scores.resize(std::min(stretch_rows, rows - row), columns);
      make_scores<Scalar>(query, keys, rules, {first + row, begin}, scores);
      for (Index i = 0; i < scores.rows(); ++i) {
        visit(row + i, scores.row(i).data(), columns, begin);
      }
    }
  }
}

}  // namespace attngraph
