// Attention rollout.
//
// Requires what check_transitions checks. The product grows from the inputs upwards, so every
// partial product is a prefix of the model and costs nothing extra; one layer's matrix is alive at
// a time. Cost O(layers * n³); products are made in parts of fixed height, so that the same input
// gives the same bytes for any number of threads. A single row is O(layers * n²), from the outputs
// downwards.

#include "attention/layers/rollout.hpp"

#include <algorithm>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
MatrixOf<Scalar> product_of(const Matrix& layer, const MatrixOf<Scalar>& below) {
  constexpr Index part_rows = 64;
  const PackedMatrix<Scalar> packed(below);
  MatrixOf<Scalar> product(layer.rows(), below.cols());
  const Index parts = (layer.rows() + part_rows - 1) / part_rows;
  parallel_for(static_cast<std::size_t>(parts), [&](std::size_t part) {
    const Index first = static_cast<Index>(part) * part_rows;
    const Index rows = std::min(part_rows, layer.rows() - first);
    const MatrixOf<Scalar> some = layer.middleRows(first, rows).template cast<Scalar>();
    packed.multiply(some.data(), some.cols(), rows, packed.whole(), Scalar(1),
                    product.row(first).data(), product.cols());
  });
  return product;
}

}  // namespace

template <typename Scalar>
MatrixOf<Scalar> rollout(const AttentionStack& stack, const TransitionOptions& options,
                         LayerRange range,
                         const std::function<void(std::size_t, const MatrixOf<Scalar>&)>& prefix) {
  MatrixOf<Scalar> product;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    check_stop();
    const Matrix layer = layer_transition(stack, l, options);
    if (l == range.first) {
      product = layer.cast<Scalar>();
    } else {
      product = product_of<Scalar>(layer, product);
    }
    if (prefix) prefix(l, product);
  }
  return product;
}

template MatrixF rollout<float>(const AttentionStack&, const TransitionOptions&, LayerRange,
                                const std::function<void(std::size_t, const MatrixF&)>&);
template Matrix rollout<double>(const AttentionStack&, const TransitionOptions&, LayerRange,
                                const std::function<void(std::size_t, const Matrix&)>&);

Vector rollout_row(const AttentionStack& stack, const TransitionOptions& options, LayerRange range,
                   const Vector& output) {
  Vector row = output;
  for (std::size_t l = range.last + 1; l-- > range.first;) {
    check_stop();
    row = layer_transition(stack, l, options).transpose() * row;
  }
  return row;
}

Vector causal_null_row(std::size_t layers, const Residual& residual, const Vector& output) {
  const Matrix layer = uniform_causal_transition(static_cast<std::size_t>(output.size()), residual);
  Vector row = output;
  for (std::size_t l = 0; l < layers; ++l) row = layer.transpose() * row;
  return row;
}

}  // namespace attngraph
