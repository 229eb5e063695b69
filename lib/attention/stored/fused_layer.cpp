// The heads of a layer as one matrix.
//
// A few rows at a time: they stay in the nearest cache while one head after another is added, so
// every number of the file is read once, where it lies, and nothing but the answer goes back to
// memory. Sums are taken in double, head by head in order. Cost: one pass over the layer.

#include <algorithm>

#include "attention/stored/attention_stack.hpp"
#include "core/parallel.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

void fuse_with(Eigen::Ref<Matrix> fused, const Matrix& next, Fuse fuse) {
  switch (fuse) {
    case Fuse::mean:
      fused += next;
      break;
    case Fuse::max:
      fused = fused.cwiseMax(next);
      break;
    case Fuse::min:
      fused = fused.cwiseMin(next);
      break;
  }
}

/// Some rows of a matrix of the file.
Matrix rows_of(const Tensor& numbers, bool divide_rows) {
  Matrix rows(static_cast<Index>(numbers.shape()[0]), static_cast<Index>(numbers.shape()[1]));
  numbers.copy_to(std::span<double>(rows.data(), static_cast<std::size_t>(rows.size())));
  if (divide_rows) normalize_rows(rows);
  return rows;
}

}  // namespace

Matrix AttentionStack::fused_layer(std::size_t l, Fuse fuse) const {
  if (grouping_) return fused_groups(l, fuse);
  const Tensor& layer = layers_[layer_indices_.at(l)];
  const std::size_t queries = layer.shape()[1], keys = layer.shape()[2];
  Matrix fused(static_cast<Index>(queries), static_cast<Index>(keys));
  const std::size_t rows_in_band = std::max<std::size_t>(1, 4096 / keys);
  parallel_for((queries + rows_in_band - 1) / rows_in_band, [&](std::size_t i) {
    const std::size_t first = i * rows_in_band;
    const std::size_t count = std::min(rows_in_band, queries - first);
    auto band = fused.middleRows(static_cast<Index>(first), static_cast<Index>(count));
    for (std::size_t h = 0; h < head_indices_.size(); ++h) {
      const Tensor numbers = layer.at(0, head_indices_[h]).slice(0, first, count);
      const float* floats = divide_rows_ ? nullptr : numbers.native<float>();
      if (fuse == Fuse::mean && floats) {
        if (h == 0) band.setZero();
        scalar_kernels<float>().add(floats, band.size(), band.data());
      } else if (h > 0) {
        fuse_with(band, rows_of(numbers, divide_rows_), fuse);
      } else {
        band = rows_of(numbers, divide_rows_);
      }
    }
    if (fuse == Fuse::mean) band /= static_cast<double>(head_indices_.size());
  });
  layer.give_pages_back();
  return fused;
}

Matrix AttentionStack::fused_groups(std::size_t l, Fuse fuse) const {
  const std::size_t layer = layer_indices_.at(l);
  Matrix fused = file_head(layer, head_indices_.front());
  for (std::size_t h = 1; h < head_indices_.size(); ++h) {
    fuse_with(fused, file_head(layer, head_indices_[h]), fuse);
  }
  if (fuse == Fuse::mean) fused /= static_cast<double>(head_indices_.size());
  return fused;
}

}  // namespace attngraph
