// Attention over the pixels of a feature map.
//
// A convolution of one pixel is a matrix product with the image [channel, pixel]. The weights come
// in blocks of rows, so the [pixel, pixel] matrix is stored only by whoever wants it.

#include "attention/modules/spatial.hpp"

#include <array>
#include <string>

#include "attention/computed/projected_heads.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

/// [out, channel] of a convolution that may have two more axes of length 1.
void flatten_convolution(Tensor& weight, const char* option, std::size_t channels) {
  if (weight.empty()) return;
  const Shape shape = weight.shape();
  const bool square = shape.size() == 4 && shape[2] == 1 && shape[3] == 1;
  if (square) weight = weight.at(3, 0).at(2, 0);
  if (weight.rank() != 2 || weight.shape()[1] != channels) {
    throw InputError(option, "has shape " + shape_text(shape) + ", expected [out, " +
                                 std::to_string(channels) + "] or [out, " +
                                 std::to_string(channels) + ", 1, 1]");
  }
}

void check_bias(const Tensor& bias, const char* option, const Tensor& weight) {
  if (bias.empty()) return;
  if (weight.empty()) throw ArgumentError(option, "needs the convolution it belongs to");
  if (bias.shape() != Shape{weight.shape()[0]}) {
    throw InputError(option, "has shape " + shape_text(bias.shape()) + ", expected [" +
                                 std::to_string(weight.shape()[0]) + "]");
  }
}

/// The image [channel, pixel].
template <typename Scalar>
MatrixOf<Scalar> pixels_of(const Tensor& image) {
  const Shape& shape = image.shape();
  MatrixOf<Scalar> pixels(static_cast<Index>(shape[0]), static_cast<Index>(shape[1] * shape[2]));
  image.copy_to(std::span<Scalar>(pixels.data(), static_cast<std::size_t>(pixels.size())));
  return pixels;
}

/// [pixel, out]
template <typename Scalar>
MatrixOf<Scalar> convolved(const Tensor& image, const Tensor& weight, const Tensor& bias) {
  MatrixOf<Scalar> rows =
      pixels_of<Scalar>(image).transpose() * matrix_of<Scalar>(weight).transpose();
  if (!bias.empty()) rows.rowwise() += matrix_of<Scalar>(bias.with_axis(0)).row(0);
  return rows;
}

}  // namespace

SpatialAttention::SpatialAttention(SpatialInput input, double scale)
    : input_(std::move(input)), scale_(scale) {
  SpatialInput& in = input_;
  if (in.input.empty()) throw ArgumentError("$input", "is missing");
  if (in.wq.empty()) throw ArgumentError("$wq", "is missing");
  if (in.wk.empty()) throw ArgumentError("$wk", "is missing");
  if (in.input.rank() != 3 && in.input.rank() != 4) {
    throw InputError("$input", "has shape " + shape_text(in.input.shape()) +
                                   ", expected [channel, height, width], or a batch of them");
  }
  flatten_convolution(in.wq, "$wq", channels());
  flatten_convolution(in.wk, "$wk", channels());
  flatten_convolution(in.wv, "$wv", channels());
  check_bias(in.bq, "$bq", in.wq);
  check_bias(in.bk, "$bk", in.wk);
  check_bias(in.bv, "$bv", in.wv);
  if (in.wq.shape()[0] != in.wk.shape()[0]) {
    throw InputError("$wk", "gives " + std::to_string(in.wk.shape()[0]) +
                                " numbers for a pixel, expected " +
                                std::to_string(in.wq.shape()[0]) + " as $wq");
  }
  if (!in.wv.empty() && in.wv.shape()[0] != channels()) {
    throw InputError("$wv", "gives " + std::to_string(in.wv.shape()[0]) +
                                " numbers for a pixel, expected as many as channels, " +
                                std::to_string(channels()));
  }
  if (!in.gamma.empty() && in.gamma.size() != 1) {
    throw InputError("$gamma",
                     "has shape " + shape_text(in.gamma.shape()) + ", expected one number");
  }
  single_precision_ = in.input.empty() || is_single(in.input.dtype());
  const std::array<std::pair<const char*, const Tensor*>, 8> all = {{{"$input", &in.input},
                                                                     {"$wq", &in.wq},
                                                                     {"$wk", &in.wk},
                                                                     {"$wv", &in.wv},
                                                                     {"$bq", &in.bq},
                                                                     {"$bk", &in.bk},
                                                                     {"$bv", &in.bv},
                                                                     {"$gamma", &in.gamma}}};
  for (const auto& [option, tensor] : all) {
    if (tensor->empty()) continue;
    check_finite(*tensor, option);
    // A gamma typed on the command line says nothing about the precision of the network.
    if (tensor != &in.gamma) single_precision_ = single_precision_ && is_single(tensor->dtype());
  }
}

template <typename Scalar>
void SpatialAttention::row_blocks(std::size_t index, const VisitRows<Scalar>& visit) const {
  RowRules rules;
  rules.scores.scale = scale_;
  for_each_row_block<Scalar>({convolved<Scalar>(image(index), input_.wq, input_.bq),
                              convolved<Scalar>(image(index), input_.wk, input_.bk), rules},
                             visit);
}

template void SpatialAttention::row_blocks<float>(std::size_t, const VisitRows<float>&) const;
template void SpatialAttention::row_blocks<double>(std::size_t, const VisitRows<double>&) const;

template <typename Scalar>
MatrixOf<Scalar> SpatialAttention::values(std::size_t index) const {
  return convolved<Scalar>(image(index), input_.wv, input_.bv);
}

template MatrixF SpatialAttention::values<float>(std::size_t) const;
template Matrix SpatialAttention::values<double>(std::size_t) const;

template <typename Scalar>
MatrixOf<Scalar> SpatialAttention::output(std::size_t index,
                                          const MatrixOf<Scalar>& attended) const {
  const auto gamma = static_cast<Scalar>(input_.gamma.to_doubles().front());
  return attended.transpose() * gamma + pixels_of<Scalar>(image(index));
}

template MatrixF SpatialAttention::output<float>(std::size_t, const MatrixF&) const;
template Matrix SpatialAttention::output<double>(std::size_t, const Matrix&) const;

}  // namespace attngraph
