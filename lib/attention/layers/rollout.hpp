#pragma once

#include <cstddef>
#include <functional>

#include "attention/attention.hpp"
#include "attention/layers/layer_transition.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// R = Ã_last ⋯ Ã_first [output, input] (Abnar and Zuidema 2020): how much of each input reaches
/// each output through the layers of `range`. Products in the precision of `Scalar`.
/// @param prefix called with the position of every layer and the product up to it, the last too
template <typename Scalar>
MatrixOf<Scalar> rollout(
    const Attention& stack, const TransitionOptions& options, LayerRange range,
    const std::function<void(std::size_t, const MatrixOf<Scalar>&)>& prefix = nullptr);

extern template MatrixF rollout<float>(const Attention&, const TransitionOptions&, LayerRange,
                                       const std::function<void(std::size_t, const MatrixF&)>&);
extern template Matrix rollout<double>(const Attention&, const TransitionOptions&, LayerRange,
                                       const std::function<void(std::size_t, const Matrix&)>&);

/// outputᵀ R for a weighting of the outputs [output] (a single one, or their mean): a vector times
/// one matrix after another, O(layers * n²) instead of O(layers * n³), in double.
Vector rollout_row(const Attention& stack, const TransitionOptions& options, LayerRange range,
                   const Vector& output);

/// The same row for layers that all attend uniformly and causally (uniform_causal_transition).
Vector causal_null_row(std::size_t layers, const Residual& residual, const Vector& output);

}  // namespace attngraph
