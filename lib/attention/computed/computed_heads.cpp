// Heads that are made of queries and keys when they are asked for.
//
// A layer's heads are fused block by block: heads with as many keys and the same causal and window
// have the same blocks, so a band needs the packed keys of every head and a few blocks for each
// thread, never [query, key].

#include "attention/computed/computed_heads.hpp"

#include <utility>

#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

/// Rows of one head, all keys of them.
template <typename Scalar>
Matrix whole_rows(const RowBlock<Scalar>& block, Index keys) {
  Matrix rows = Matrix::Zero(block.weights.rows(), keys);
  rows.middleCols(block.first_key, block.weights.cols()) = block.weights.template cast<double>();
  return rows;
}

template <typename Scalar>
MatrixOf<Scalar> whole_matrix(const MultiHeadAttention& attention, std::size_t layer,
                              std::size_t head) {
  MatrixOf<Scalar> matrix = MatrixOf<Scalar>::Zero(static_cast<Index>(attention.queries()),
                                                   static_cast<Index>(attention.keys()));
  attention.row_blocks_in_parallel<Scalar>(layer, head, [&](const RowBlock<Scalar>& block) {
    matrix.block(block.first_query, block.first_key, block.weights.rows(), block.weights.cols()) =
        block.weights;
    return std::function<void()>();
  });
  return matrix;
}

template <typename Scalar>
LargestWeights<double> in_double(const LargestWeights<Scalar>& found) {
  return {found.query, found.key, {found.weight.begin(), found.weight.end()}};
}

template <typename Scalar>
Tensor tensor_of(const MatrixOf<Scalar>& weights) {
  return Tensor::from(
      std::vector<Scalar>(weights.data(), weights.data() + weights.size()),
      {static_cast<std::size_t>(weights.rows()), static_cast<std::size_t>(weights.cols())});
}

template <typename Scalar>
void fuse_bands(const MultiHeadAttention& attention, std::size_t layer,
                const std::vector<std::size_t>& heads, Fuse fuse, bool divide_rows,
                const BandWork& work) {
  std::vector<RowBlockMaker<Scalar>> makers;
  makers.reserve(heads.size());
  for (const std::size_t head : heads) {
    makers.push_back(attention.row_block_maker<Scalar>(layer, head));
  }
  const auto keys = static_cast<Index>(attention.keys());
  work.on_bands(makers.front().blocks(), [&](std::size_t i, Index& first_row) {
    std::vector<Scalar> storage;
    Index masked_rows = 0;
    Matrix band;
    for (const auto& maker : makers) {
      const RowBlock<Scalar> block = maker.block(i, storage, masked_rows);
      first_row = block.first_query;
      Matrix rows = whole_rows(block, keys);
      if (divide_rows) normalize_rows(rows);
      if (band.size() == 0) {
        band = std::move(rows);
      } else {
        fuse_with(band, rows, fuse);
      }
    }
    if (fuse == Fuse::mean) band /= static_cast<double>(makers.size());
    return band;
  });
}

}  // namespace

Matrix ComputedHeads::matrix(std::size_t layer, std::size_t head) const {
  if (!attention_.single_precision()) return whole_matrix<double>(attention_, layer, head);
  return whole_matrix<float>(attention_, layer, head).cast<double>();
}

MatrixF ComputedHeads::single_matrix(std::size_t layer, std::size_t head) const {
  return whole_matrix<float>(attention_, layer, head);
}

Tensor ComputedHeads::numbers(std::size_t layer, std::size_t head) const {
  return attention_.single_precision() ? tensor_of(whole_matrix<float>(attention_, layer, head))
                                       : tensor_of(whole_matrix<double>(attention_, layer, head));
}

void ComputedHeads::rows(std::size_t layer, std::size_t head,
                         const VisitRows<double>& visit) const {
  if (!attention_.single_precision()) {
    attention_.row_blocks<double>(layer, head, visit);
    return;
  }
  // Widened on this thread, just before they are looked at: doubles of blocks that wait would take
  // room in the caches, and twice the memory.
  attention_.row_blocks<float>(layer, head, [&](const RowBlock<float>& block) {
    const Matrix weights = block.weights.cast<double>();
    visit({block.first_query, block.first_key, {weights.data(), weights.rows(), weights.cols()}});
  });
}

void ComputedHeads::rows_in_parallel(std::size_t layer, std::size_t head,
                                     const WorkOnRows<double>& work) const {
  if (!attention_.single_precision()) {
    attention_.row_blocks_in_parallel<double>(layer, head, work);
    return;
  }
  attention_.row_blocks_in_parallel<float>(
      layer, head, [&](const RowBlock<float>& block) -> std::function<void()> {
        const auto weights = std::make_shared<const Matrix>(block.weights.cast<double>());
        const auto ending = work({block.first_query,
                                  block.first_key,
                                  {weights->data(), weights->rows(), weights->cols()}});
        if (!ending) return nullptr;
        return [weights, ending] { ending(); };
      });
}

std::unique_ptr<HeadParts> ComputedHeads::parts(std::size_t layer, std::size_t head) const {
  if (!attention_.softmax()) return nullptr;
  return attention_.single_precision() ? attention_.parts<float>(layer, head)
                                       : attention_.parts<double>(layer, head);
}

bool ComputedHeads::largest_weights(
    std::size_t layer, std::size_t head, std::size_t count,
    const std::function<void(const LargestWeights<double>&)>& visit) const {
  if (!attention_.has_largest_weights(count)) return false;
  if (!attention_.single_precision()) {
    attention_.largest_weights<double>(layer, head, count, visit);
    return true;
  }
  attention_.largest_weights<float>(
      layer, head, count, [&](const LargestWeights<float>& found) { visit(in_double(found)); });
  return true;
}

void ComputedHeads::fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                               bool divide_rows, const BandWork& work) const {
  attention_.single_precision()
      ? fuse_bands<float>(attention_, layer, heads, fuse, divide_rows, work)
      : fuse_bands<double>(attention_, layer, heads, fuse, divide_rows, work);
}

Matrix ComputedHeads::key(std::size_t layer, std::size_t head) const {
  if (!attention_.single_precision()) return attention_.key<double>(layer, head);
  return attention_.key<float>(layer, head).cast<double>();
}

Matrix ComputedHeads::query(std::size_t layer, std::size_t head) const {
  if (!attention_.single_precision()) return attention_.query<double>(layer, head);
  return attention_.query<float>(layer, head).cast<double>();
}

Matrix ComputedHeads::value(std::size_t layer, std::size_t head) const {
  if (!attention_.single_precision()) return attention_.value<double>(layer, head);
  return attention_.value<float>(layer, head).cast<double>();
}

}  // namespace attngraph
