// Attention weights in blocks of rows.
//
// A block of queries is multiplied with the keys that any of them may see, and normalised while it
// is still in the cache. With `causal` that leaves out the upper triangle, with `window` all but a
// band. The height of a block is fixed, so the same input gives the same bytes everywhere. Cost
// O(queries * visible keys * d), memory O(block * keys).

#include "attention/row_blocks.hpp"

#include <algorithm>
#include <vector>

#include "core/error.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

constexpr Index block_rows = 128;

/// What at least one of the rows may see.
KeyRange visible_to_any(const ScoreRules& rules, Index queries, Index keys, Index first,
                        Index rows) {
  // Both ends only move to the right from row to row.
  const KeyRange top = visible_keys(rules, queries, keys, first);
  const KeyRange bottom = visible_keys(rules, queries, keys, first + rows - 1);
  return {top.begin, bottom.end};
}

}  // namespace

template <typename Scalar>
Index for_each_row_block(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                         const RowRules& rules, const VisitRows<Scalar>& visit) {
  std::vector<Scalar> storage(
      static_cast<std::size_t>(std::min(block_rows, query.rows()) * key.rows()));
  Index masked_rows = 0;
  for (Index first = 0; first < query.rows(); first += block_rows) {
    check_stop();
    const Index rows = std::min(block_rows, query.rows() - first);
    const KeyRange range = visible_to_any(rules.scores, query.rows(), key.rows(), first, rows);
    const Index columns = range.end - range.begin;
    Eigen::Map<MatrixOf<Scalar>> block(storage.data(), rows, columns);
    block.noalias() = (query.middleRows(first, rows) * static_cast<Scalar>(rules.scores.scale)) *
                      key.middleRows(range.begin, columns).transpose();
    if (!block.allFinite()) {
      throw InputError("scores",
                       "a product of queries " + std::to_string(first) + " to " +
                           std::to_string(first + rows - 1) + " overflows",
                       "--precision double reaches further than float32");
    }
    apply_rules<Scalar>(rules.scores, {first, range.begin, query.rows(), key.rows()}, block);
    for (Index row = 0; row < rows; ++row) {
      const std::span<Scalar> scores(block.row(row).data(), static_cast<std::size_t>(columns));
      if (!normalize_scores(scores, rules.normalizer, rules.sink_logit)) ++masked_rows;
    }
    visit({first, range.begin, Eigen::Map<const MatrixOf<Scalar>>(block.data(), rows, columns)});
  }
  return masked_rows;
}

template Index for_each_row_block<float>(const MatrixF&, const MatrixF&, const RowRules&,
                                         const VisitRows<float>&);
template Index for_each_row_block<double>(const Matrix&, const Matrix&, const RowRules&,
                                          const VisitRows<double>&);

}  // namespace attngraph
