// Attention rollout.
//
// Requires what check_transitions checks. The product grows from the inputs upwards, so every
// partial product is a prefix of the model and costs nothing extra; one layer's matrix is alive at
// a time. Cost O(layers * n³); products are made in parts of fixed height, so that the same input
// gives the same bytes for any number of threads. A single row is O(layers * n²), from the outputs
// downwards, and meets every matrix a band of rows at a time.

#include "attention/layers/rollout.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "numeric/packed_matrix.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
MatrixOf<Scalar> product_of(const MatrixOf<Scalar>& layer, const MatrixOf<Scalar>& below) {
  constexpr Index part_rows = 64;
  const PackedMatrix<Scalar> packed(below);
  MatrixOf<Scalar> product(layer.rows(), below.cols());
  const Index parts = (layer.rows() + part_rows - 1) / part_rows;
  parallel_for(static_cast<std::size_t>(parts), [&](std::size_t part) {
    const Index first = static_cast<Index>(part) * part_rows;
    const Index rows = std::min(part_rows, layer.rows() - first);
    packed.multiply(layer.row(first).data(), layer.cols(), rows, packed.whole(), Scalar(1),
                    product.row(first).data(), product.cols());
  });
  return product;
}

/// outputᵀ times a matrix [n, n] that is handed out in bands, which are added up in order.
Vector row_times(const Vector& output, const std::function<void(const BandWork&)>& rows) {
  const std::size_t places = results_in_flight();
  std::vector<Vector> parts(places);
  Vector product = Vector::Zero(output.size());
  rows({[&](std::size_t i, Index first_row, const Matrix& band) {
          parts[i % places] = band.transpose() * output.segment(first_row, band.rows());
        },
        [&](std::size_t i) { product += parts[i % places]; }});
  return product;
}

}  // namespace

template <typename Scalar>
MatrixOf<Scalar> rollout(const Attention& stack, const TransitionOptions& options, LayerRange range,
                         const std::function<void(std::size_t, const MatrixOf<Scalar>&)>& prefix) {
  MatrixOf<Scalar> product;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    check_stop();
    MatrixOf<Scalar> layer = layer_transition<Scalar>(stack, l, options);
    product = l == range.first ? std::move(layer) : product_of<Scalar>(layer, product);
    if (prefix) prefix(l, product);
  }
  return product;
}

template MatrixF rollout<float>(const Attention&, const TransitionOptions&, LayerRange,
                                const std::function<void(std::size_t, const MatrixF&)>&);
template Matrix rollout<double>(const Attention&, const TransitionOptions&, LayerRange,
                                const std::function<void(std::size_t, const Matrix&)>&);

Vector rollout_row(const Attention& stack, const TransitionOptions& options, LayerRange range,
                   const Vector& output) {
  Vector row = output;
  for (std::size_t l = range.last + 1; l-- > range.first;) {
    row = row_times(row, [&](const BandWork& work) { transition_rows(stack, l, options, work); });
  }
  return row;
}

Vector causal_null_row(std::size_t layers, const Residual& residual, const Vector& output) {
  const auto n = static_cast<std::size_t>(output.size());
  Vector row = output;
  for (std::size_t l = 0; l < layers; ++l) {
    row = row_times(row, [&](const BandWork& work) { uniform_causal_rows(n, residual, work); });
  }
  return row;
}

}  // namespace attngraph
