#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "attention/head_maker.hpp"

namespace attngraph {

/// Attention over the tensors of a file. Holds no numbers of its own: a matrix is converted when it
/// is asked for, so memory is that of one head.
class StoredHeads : public HeadMaker {
 public:
  /// One tensor [head, query, key] for each layer, all of the same shape, at least one of each.
  explicit StoredHeads(std::vector<Tensor> layers) : layers_(std::move(layers)) {}

  bool stored() const override { return true; }
  std::size_t layers() const override { return layers_.size(); }
  std::size_t heads() const override { return layers_.front().shape()[0]; }
  std::size_t queries() const override { return layers_.front().shape()[1]; }
  std::size_t keys() const override { return layers_.front().shape()[2]; }
  Dtype dtype() const override { return layers_.front().dtype(); }
  bool causal() const override;
  std::optional<std::size_t> seen_keys() const override;

  Matrix matrix(std::size_t layer, std::size_t head) const override;
  MatrixF single_matrix(std::size_t layer, std::size_t head) const override;
  Tensor numbers(std::size_t layer, std::size_t head) const override;
  void rows_in_parallel(std::size_t layer, std::size_t head,
                        const WorkOnRows<double>& work) const override;
  std::unique_ptr<HeadParts> parts(std::size_t layer, std::size_t head) const override;
  bool largest_weights(std::size_t, std::size_t, std::size_t,
                       const std::function<void(const LargestWeights<double>&)>&) const override {
    return false;
  }
  void fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                  bool divide_rows, const BandWork& work) const override;

 private:
  std::vector<Tensor> layers_;
  mutable std::once_flag looked_, looked_for_keys_;
  mutable bool causal_ = false;
  mutable std::size_t seen_keys_ = 0;
};

/// Whether every weight on a key behind the query's own position is 0.
bool is_causal(const Tensor& weights);

}  // namespace attngraph
