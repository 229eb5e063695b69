#pragma once

#include "attention/computed/attend.hpp"
#include "attention/head_maker.hpp"

namespace attngraph {

/// Attention that is made of queries and keys when it is asked for and never stored: rows and
/// largest weights need a few blocks of rows, whatever the number of tokens.
class ComputedHeads : public HeadMaker {
 public:
  /// @param attention of layers, or of one batch item
  explicit ComputedHeads(MultiHeadAttention attention) : attention_(std::move(attention)) {}

  std::size_t layers() const override { return attention_.places(); }
  std::size_t heads() const override { return attention_.heads(); }
  std::size_t queries() const override { return attention_.queries(); }
  std::size_t keys() const override { return attention_.keys(); }
  Dtype dtype() const override { return attention_.single_precision() ? Dtype::f32 : Dtype::f64; }
  /// What may be seen decides, not the numbers.
  bool causal() const override { return attention_.sees_no_later_key(); }

  Matrix matrix(std::size_t layer, std::size_t head) const override;
  MatrixF single_matrix(std::size_t layer, std::size_t head) const override;
  Tensor numbers(std::size_t layer, std::size_t head) const override;
  void rows(std::size_t layer, std::size_t head, const VisitRows<double>& visit) const override;
  void rows_in_parallel(std::size_t layer, std::size_t head,
                        const WorkOnRows<double>& work) const override;
  std::unique_ptr<HeadParts> parts(std::size_t layer, std::size_t head) const override;
  bool largest_weights(
      std::size_t layer, std::size_t head, std::size_t count,
      const std::function<void(const LargestWeights<double>&)>& visit) const override;
  void fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                  bool divide_rows, const BandWork& work) const override;

  std::size_t key_width() const override { return attention_.key_width(); }
  Matrix key(std::size_t layer, std::size_t head) const override;
  Matrix query(std::size_t layer, std::size_t head) const override;
  std::size_t key_head(std::size_t head) const override { return attention_.key_head(head); }
  std::size_t value_width() const override { return attention_.value_width(); }
  Matrix value(std::size_t layer, std::size_t head) const override;

 private:
  MultiHeadAttention attention_;
};

}  // namespace attngraph
