// Attention weights in blocks of rows.
//
// A block of queries is multiplied with the keys that any of them may see, and normalised while it
// is still in the cache. With `causal` that leaves out the upper triangle, with `window` all but a
// band. The height of a block is fixed, so the same input gives the same bytes for any number of
// threads. Cost O(queries * visible keys * d), memory O(threads * block * keys).

#include "attention/row_blocks.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "attention/kernels/kernels.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
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

template <typename Scalar>
class BlockMaker {
 public:
  BlockMaker(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key, const RowRules& rules)
      : query_(query), key_(key), rules_(rules) {}

  Index blocks() const { return (query_.rows() + block_rows - 1) / block_rows; }

  /// Makes block `index` in `storage` and counts its fully masked rows.
  RowBlock<Scalar> block(Index index, std::vector<Scalar>& storage, Index& masked_rows) const {
    const Index first = index * block_rows;
    const Index rows = std::min(block_rows, query_.rows() - first);
    const KeyRange range = visible_to_any(rules_.scores, query_.rows(), key_.rows(), first, rows);
    const Index columns = range.end - range.begin;
    storage.resize(static_cast<std::size_t>(rows * columns));
    scalar_kernels<Scalar>().product_transposed(
        query_.row(first).data(), key_.data() + range.begin * key_.cols(), storage.data(), rows,
        columns, key_.cols(), static_cast<Scalar>(rules_.scores.scale));
    Eigen::Map<MatrixOf<Scalar>> products(storage.data(), rows, columns);
    if (!products.allFinite()) {
      throw InputError("scores",
                       "a product of queries " + std::to_string(first) + " to " +
                           std::to_string(first + rows - 1) + " overflows",
                       "--precision double reaches further than float32");
    }
    apply_rules<Scalar>(rules_.scores, {first, range.begin, query_.rows(), key_.rows()}, products);
    for (Index row = 0; row < rows; ++row) {
      const std::span<Scalar> scores(products.row(row).data(), static_cast<std::size_t>(columns));
      if (!normalize_scores(scores, rules_.normalizer, rules_.sink_logit)) ++masked_rows;
    }
    return {first, range.begin, Eigen::Map<const MatrixOf<Scalar>>(storage.data(), rows, columns)};
  }

 private:
  const MatrixOf<Scalar>& query_;
  const MatrixOf<Scalar>& key_;
  const RowRules& rules_;
};

}  // namespace

template <typename Scalar>
Index for_each_row_block_in_parallel(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                                     const RowRules& rules, const WorkOnRows<Scalar>& work) {
  const BlockMaker<Scalar> maker(query, key, rules);
  // A thread alone needs one block at a time; several share out a few each before they meet.
  const std::size_t wave = worker_threads() == 1 ? 1 : 3 * worker_threads();
  std::vector<std::vector<Scalar>> storages(wave);
  std::vector<std::function<void()>> endings(wave);
  std::vector<Index> masked(wave, 0);
  for (Index first = 0; first < maker.blocks(); first += static_cast<Index>(wave)) {
    check_stop();
    const auto count = std::min(wave, static_cast<std::size_t>(maker.blocks() - first));
    parallel_for(count, [&](std::size_t i) {
      endings[i] = work(maker.block(first + static_cast<Index>(i), storages[i], masked[i]));
    });
    for (std::size_t i = 0; i < count; ++i) {
      if (endings[i]) endings[i]();
    }
  }
  return std::accumulate(masked.begin(), masked.end(), Index{0});
}

template <typename Scalar>
Index for_each_row_block(const MatrixOf<Scalar>& query, const MatrixOf<Scalar>& key,
                         const RowRules& rules, const VisitRows<Scalar>& visit) {
  return for_each_row_block_in_parallel<Scalar>(
      query, key, rules,
      [&](const RowBlock<Scalar>& block) { return [&visit, block] { visit(block); }; });
}

template Index for_each_row_block<float>(const MatrixF&, const MatrixF&, const RowRules&,
                                         const VisitRows<float>&);
template Index for_each_row_block<double>(const Matrix&, const Matrix&, const RowRules&,
                                          const VisitRows<double>&);
template Index for_each_row_block_in_parallel<float>(const MatrixF&, const MatrixF&,
                                                     const RowRules&, const WorkOnRows<float>&);
template Index for_each_row_block_in_parallel<double>(const Matrix&, const Matrix&, const RowRules&,
                                                      const WorkOnRows<double>&);

}  // namespace attngraph
