#include "attention/computed/score_tile.hpp"

#include <string>
#include <type_traits>

#include "core/error.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {

KeyRange visible_to_any(const ScoreRules& rules, Index queries, Index keys, Index first,
                        Index rows) {
  // Both ends only move to the right from row to row.
  const KeyRange top = visible_keys(rules, queries, keys, first);
  const KeyRange bottom = visible_keys(rules, queries, keys, first + rows - 1);
  return {top.begin, bottom.end};
}

template <typename Scalar>
void make_scores(const MatrixOf<Scalar>& query, const PackedMatrix<Scalar>& keys,
                 const ScoreRules& rules, TilePlace place, Eigen::Ref<MatrixOf<Scalar>> scores) {
  assert(scores.outerStride() == scores.cols());
  keys.multiply(query.row(place.first_query).data(), query.cols(), scores.rows(),
                {0, keys.inner(), place.first_key, scores.cols()}, static_cast<Scalar>(rules.scale),
                scores.data(), scores.cols());
  if (!scalar_kernels<Scalar>().all_finite(scores.data(), scores.size())) {
    throw InputError("scores",
                     "a product of queries " + std::to_string(place.first_query) + " to " +
                         std::to_string(place.first_query + scores.rows() - 1) + " overflows",
                     std::is_same_v<Scalar, float>
                         ? "$precision double reaches further than float32"
                         : "make $scale smaller, or divide the queries");
  }
  apply_rules<Scalar>(rules, {place.first_query, place.first_key, query.rows(), keys.columns()},
                      scores);
}

template void make_scores<float>(const MatrixF&, const PackedMatrix<float>&, const ScoreRules&,
                                 TilePlace, Eigen::Ref<MatrixF>);
template void make_scores<double>(const Matrix&, const PackedMatrix<double>&, const ScoreRules&,
                                  TilePlace, Eigen::Ref<Matrix>);

}  // namespace attngraph
