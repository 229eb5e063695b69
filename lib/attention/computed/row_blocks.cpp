// Attention weights in blocks of rows.
//
// A block of queries is multiplied with the keys that any of them may see, and normalised while it
// is still in the cache. With `causal` that leaves out the upper triangle, with `window` all but a
// band. Keys are packed once (packed_matrix.hpp), and no row knows which others it was made with,
// so the same input gives the same bytes for any number of threads. Cost O(queries * visible keys *
// d), memory that of the packed keys and a few blocks for each thread.

#include "attention/computed/row_blocks.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "attention/computed/score_tile.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

/// As many rows as stay in the second cache, but enough of them to be worth reading all keys.
Index rows_of_block(Index keys, std::size_t number_size) {
  constexpr Index cached = Index{1} << 20;
  const Index rows = cached / static_cast<Index>(number_size) / std::max<Index>(keys, 1);
  return std::clamp<Index>(rows / 8 * 8, 16, 128);
}

}  // namespace

template <typename Scalar>
RowBlockMaker<Scalar>::RowBlockMaker(MatrixOf<Scalar> query, const MatrixOf<Scalar>& key,
                                     RowRules rules)
    : query_(std::move(query)),
      keys_(PackedMatrix<Scalar>::transposed(key)),
      rules_(std::move(rules)),
      block_rows_(rows_of_block(key.rows(), sizeof(Scalar))) {}

template <typename Scalar>
std::size_t RowBlockMaker<Scalar>::blocks() const {
  return static_cast<std::size_t>((query_.rows() + block_rows_ - 1) / block_rows_);
}

template <typename Scalar>
RowBlock<Scalar> RowBlockMaker<Scalar>::block(std::size_t index, std::vector<Scalar>& storage,
                                              Index& masked_rows) const {
  const Index first = static_cast<Index>(index) * block_rows_;
  const Index rows = std::min(block_rows_, query_.rows() - first);
  const KeyRange range = visible_to_any(rules_.scores, query_.rows(), keys_.columns(), first, rows);
  const Index begin = PackedMatrix<Scalar>::first_column(range.begin);
  const Index columns = range.end - begin;
  storage.resize(static_cast<std::size_t>(rows * columns));
  Eigen::Map<MatrixOf<Scalar>> products(storage.data(), rows, columns);
  make_scores<Scalar>(query_, keys_, rules_.scores, {first, begin}, products);
  for (Index row = 0; row < rows; ++row) {
    const std::span<Scalar> scores(products.row(row).data(), static_cast<std::size_t>(columns));
    if (!normalize_scores(scores, rules_.normalizer, rules_.sink_logit)) ++masked_rows;
  }
  return {first, begin, Eigen::Map<const MatrixOf<Scalar>>(storage.data(), rows, columns)};
}

template class RowBlockMaker<float>;
template class RowBlockMaker<double>;

template <typename Scalar>
Index for_each_row_block_in_parallel(const RowBlockMaker<Scalar>& maker,
                                     const WorkOnRows<Scalar>& work) {
  const std::size_t places = results_in_flight();
  std::vector<std::vector<Scalar>> storages(places);
  std::vector<std::function<void()>> endings(places);
  std::vector<Index> masked(places, 0);
  parallel_in_order(
      maker.blocks(),
      [&](std::size_t i) {
        check_stop();
        const std::size_t place = i % places;
        endings[place] = work(maker.block(i, storages[place], masked[place]));
      },
      [&](std::size_t i) {
        if (const auto& ending = endings[i % places]) ending();
      });
  return std::accumulate(masked.begin(), masked.end(), Index{0});
}

template <typename Scalar>
Index for_each_row_block(const RowBlockMaker<Scalar>& maker, const VisitRows<Scalar>& visit) {
  return for_each_row_block_in_parallel<Scalar>(
      maker, [&](const RowBlock<Scalar>& block) { return [&visit, block] { visit(block); }; });
}

template Index for_each_row_block<float>(const RowBlockMaker<float>&, const VisitRows<float>&);
template Index for_each_row_block<double>(const RowBlockMaker<double>&, const VisitRows<double>&);
template Index for_each_row_block_in_parallel<float>(const RowBlockMaker<float>&,
                                                     const WorkOnRows<float>&);
template Index for_each_row_block_in_parallel<double>(const RowBlockMaker<double>&,
                                                      const WorkOnRows<double>&);

}  // namespace attngraph
