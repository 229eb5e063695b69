#pragma once

#include <cstddef>
#include <vector>

#include "attention/attention.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// What the heads of one layer carry: f(x) = v Wo of each query head (Kobayashi et al. 2020).
/// Query head h uses value head h / (query heads / value heads).
struct LayerValues {
  /// For each value head [key, width], its bias included.
  std::vector<Matrix> heads;
  /// [model, query heads x width], as PyTorch stores it.
  Matrix output_projection;
  /// The layer's input [token, model], which goes past its attention; empty for none.
  Matrix residual_stream;
};

/// ‖α v‖ [query, key] of one head: the weight times the length of the value.
/// @throws InputError where the square of a length overflows, as all of these
Matrix value_norms(const Matrix& weights, const Matrix& values);

/// ‖α f‖ [query, key] of head `h` of the selection, through its slice of the output projection.
Matrix projected_value_norms(const Attention& stack, std::size_t l, std::size_t h,
                             const LayerValues& values);

/// ‖Σ_h α_h f_h‖ [query, key] over the heads of the selection (Attn-N); with a residual stream x
/// the diagonal is ‖Σ_h α_h f_h + x‖ (AttnRes-N, Kobayashi et al. 2021). Heads must not be fused.
Matrix summed_value_norms(const Attention& stack, std::size_t l, const LayerValues& values);

/// The share of a token's new vector that comes from other tokens [query]:
/// ‖Σ_{j≠i} Σ_h α f_j‖ / (that + ‖Σ_h α_ii f_i + x_i‖), 0 where both are 0 (Kobayashi et al. 2021).
/// As many queries as keys.
Vector mixing(const Attention& stack, std::size_t l, const LayerValues& values);

}  // namespace attngraph
