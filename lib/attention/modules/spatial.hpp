#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "attention/computed/row_blocks.hpp"
#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// The module of a convolutional network in which every pixel attends to every pixel (Zhang et al.
/// 2019). Those that are not given are empty.
struct SpatialInput {
  /// [channel, height, width], or with a batch in front
  Tensor input;
  /// Convolutions of one pixel, [out, channel] or [out, channel, 1, 1], and their biases [out].
  Tensor wq, wk, wv;
  Tensor bq, bk, bv;
  /// One number: how much of the attended values is added to the input.
  Tensor gamma;
};

/// What the module computes for one image after the other; pixels are numbered row by row.
class SpatialAttention {
 public:
  /// @param scale what scores are multiplied with
  /// @throws ArgumentError, InputError where tensors are missing or do not fit together
  SpatialAttention(SpatialInput input, double scale);

  bool batched() const { return input_.input.rank() == 4; }
  /// Images: 1 where there is no batch.
  std::size_t images() const { return batched() ? input_.input.shape()[0] : 1; }
  std::size_t channels() const { return image(0).shape()[0]; }
  std::size_t height() const { return image(0).shape()[1]; }
  std::size_t width() const { return image(0).shape()[2]; }
  std::size_t pixels() const { return height() * width(); }
  bool single_precision() const { return single_precision_; }
  /// Whether value projection and gamma are there, which the features need.
  bool has_values() const { return !input_.wv.empty() && !input_.gamma.empty(); }

  /// The weights [pixel, pixel] of one image in blocks of rows, softmax over the second.
  template <typename Scalar>
  void row_blocks(std::size_t image, const VisitRows<Scalar>& visit) const;

  /// The values [pixel, channel] of one image.
  template <typename Scalar>
  MatrixOf<Scalar> values(std::size_t image) const;

  /// gamma * attended + input, [channel, pixel].
  /// @param attended weights times values, [pixel, channel]
  template <typename Scalar>
  MatrixOf<Scalar> output(std::size_t image, const MatrixOf<Scalar>& attended) const;

 private:
  SpatialInput input_;
  double scale_;
  bool single_precision_ = false;

  Tensor image(std::size_t index) const {
    return batched() ? input_.input.at(0, index) : input_.input;
  }
};

}  // namespace attngraph
