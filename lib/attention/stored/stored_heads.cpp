// Heads of a file, and a layer of them as one matrix.
//
// Fused are a few rows at a time: they stay in the nearest cache while one head after another is
// added, so every number of the file is read once, where it lies, and nothing but the answer goes
// back to memory. Sums are taken in double, head by head in order. Cost: one pass over the layer.

#include "attention/stored/stored_heads.hpp"

#include <algorithm>
#include <atomic>
#include <span>
#include <vector>

#include "attention/computed/projected_heads.hpp"
#include "attention/stored/stored_rows.hpp"
#include "core/parallel.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

/// Some rows of a matrix of the file.
Matrix rows_of(const Tensor& numbers, bool divide_rows) {
  Matrix rows = matrix_of<double>(numbers);
  if (divide_rows) normalize_rows(rows);
  return rows;
}

/// Parts of a matrix of the file.
class StoredParts : public HeadParts {
 public:
  explicit StoredParts(Tensor numbers) : numbers_(std::move(numbers)) {}
  ~StoredParts() override { numbers_.give_pages_back(); }
  StoredParts(const StoredParts&) = delete;
  StoredParts& operator=(const StoredParts&) = delete;

  Matrix part(const BlockPlace& place) const override {
    const auto rows = numbers_.slice(0, static_cast<std::size_t>(place.first_query),
                                     static_cast<std::size_t>(place.queries));
    return matrix_of<double>(rows.slice(1, static_cast<std::size_t>(place.first_key),
                                        static_cast<std::size_t>(place.keys)));
  }

 private:
  Tensor numbers_;
};

/// The same of several heads fused.
Matrix fused(const std::vector<Tensor>& heads, std::size_t first, std::size_t count, Fuse fuse,
             bool divide_rows) {
  Matrix rows = rows_of(heads.front().slice(0, first, count), divide_rows);
  for (std::size_t h = 1; h < heads.size(); ++h) {
    fuse_with(rows, rows_of(heads[h].slice(0, first, count), divide_rows), fuse);
  }
  return rows;
}

/// Heads added up whose numbers are floats, or fit into them.
class SumOfHeads {
 public:
  explicit SumOfHeads(const std::vector<Tensor>& heads) : heads_(heads) {
    for (const Tensor& head : heads) in_place_.push_back(head.native<float>());
    in_place_.push_back(in_place_.front());  // once more for the rows that follow
  }

  Matrix rows(std::size_t first, std::size_t count) const {
    const std::size_t keys = heads_.front().shape()[1];
    Matrix sum = Matrix::Zero(static_cast<Index>(count), static_cast<Index>(keys));
    std::vector<float> room;
    for (std::size_t h = 0; h < heads_.size(); ++h) {
      const bool last = h + 1 == heads_.size();
      if (const float* head = in_place_[h]) {
        const float* next = in_place_[h + 1] ? in_place_[h + 1] : head;
        kernel_.add(head + first * keys, sum.size(), sum.data(),
                    next + (last ? first + count : first) * keys);
      } else {
        const Tensor some = heads_[h].slice(0, first, count);
        room.resize(some.size());
        some.copy_to(std::span<float>(room));
        kernel_.add(room.data(), sum.size(), sum.data(), room.data());
      }
    }
    return sum;
  }

 private:
  const std::vector<Tensor>& heads_;
  /// Of each head, null where it is converted.
  std::vector<const float*> in_place_;
  const ScalarKernels<float>& kernel_ = scalar_kernels<float>();
};

}  // namespace

bool is_causal(const Tensor& numbers) {
  StoredRows weights(numbers);
  for (std::size_t q = 0; q < weights.rows(); ++q) {
    const RowFacts ahead = weights.facts(q, weights.visible(q));
    if (ahead.sum != 0 || ahead.lowest < 0) return false;
  }
  return true;
}

bool StoredHeads::causal() const {
  std::call_once(looked_, [this] {
    std::atomic<bool> found_ahead = false;
    parallel_for(layers() * heads(), [&](std::size_t i) {
      if (!found_ahead && !is_causal(numbers(i / heads(), i % heads()))) found_ahead = true;
    });
    causal_ = !found_ahead;
  });
  return causal_;
}

std::optional<std::size_t> StoredHeads::seen_keys() const {
  std::call_once(looked_for_keys_, [this] {
    std::vector<std::size_t> seen(layers() * heads(), 0);
    std::atomic<bool> all = false;
    parallel_for(seen.size(), [&](std::size_t i) {
      StoredRows weights(numbers(i / heads(), i % heads()));
      for (std::size_t q = 0; q < weights.rows() && !all; ++q) {
        const RowNumbers row = weights.row(q);
        std::size_t last = keys();
        while (last > seen[i] && row[last - 1] == 0) --last;
        seen[i] = last;
        if (last == keys()) all = true;
      }
    });
    seen_keys_ = *std::max_element(seen.begin(), seen.end());
  });
  return seen_keys_;
}

Matrix StoredHeads::matrix(std::size_t layer, std::size_t head) const {
  return matrix_of<double>(numbers(layer, head));
}

MatrixF StoredHeads::single_matrix(std::size_t layer, std::size_t head) const {
  return matrix_of<float>(numbers(layer, head));
}

Tensor StoredHeads::numbers(std::size_t layer, std::size_t head) const {
  return layers_[layer].at(0, head);
}

void StoredHeads::rows_in_parallel(std::size_t layer, std::size_t head,
                                   const WorkOnRows<double>& work) const {
  constexpr std::size_t numbers_in_block = std::size_t{1} << 15;  // stay in the second cache
  const Tensor weights = numbers(layer, head);
  const std::size_t block = std::max<std::size_t>(1, numbers_in_block / keys());
  std::vector<double> values;
  for (std::size_t first = 0; first < queries(); first += block) {
    const Tensor some = weights.slice(0, first, std::min(block, queries() - first));
    values.resize(some.size());
    some.copy_to(std::span<double>(values));
    const auto ending =
        work({static_cast<Index>(first),
              0,
              {values.data(), static_cast<Index>(some.shape()[0]), static_cast<Index>(keys())}});
    if (ending) ending();
  }
  weights.give_pages_back();
}

std::unique_ptr<HeadParts> StoredHeads::parts(std::size_t layer, std::size_t head) const {
  return std::make_unique<StoredParts>(numbers(layer, head));
}

void StoredHeads::fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                             bool divide_rows, const BandWork& work) const {
  std::vector<Tensor> tensors;
  tensors.reserve(heads.size());
  for (const std::size_t head : heads) tensors.push_back(numbers(layer, head));
  const bool added = fuse == Fuse::mean && !divide_rows && is_single(dtype());
  const SumOfHeads sum(tensors);
  const std::size_t rows_in_band = std::max<std::size_t>(1, 4096 / keys());
  work.on_bands((queries() + rows_in_band - 1) / rows_in_band, [&](std::size_t i,
                                                                   Index& first_row) {
    const std::size_t first = i * rows_in_band;
    const std::size_t count = std::min(rows_in_band, queries() - first);
    first_row = static_cast<Index>(first);
    Matrix band = added ? sum.rows(first, count) : fused(tensors, first, count, fuse, divide_rows);
    if (fuse == Fuse::mean) band /= static_cast<double>(heads.size());
    return band;
  });
  layers_[layer].give_pages_back();
}

}  // namespace attngraph
