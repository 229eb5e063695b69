#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "attention/attention.hpp"
#include "attention/head_maker.hpp"
#include "numeric/matrix.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// How the residual connection around a layer's attention enters its matrix (`residual`).
struct Residual {
  enum class Kind {
    /// rownorm((1 - share) rownorm(F) + share I)
    share,
    /// rownorm(F)
    none,
    /// I + F (Chefer et al. 2021)
    add,
    /// rownorm(I + F), F as it is
    raw,
  };
  Kind kind = Kind::share;
  double share = 0.5;

  bool operator==(const Residual&) const = default;
};

/// The residual that `text` means: a number from 0 to 1, `none`, `add` or `raw`.
/// @throws ArgumentError for another text
Residual residual_named(std::string_view text);

/// How the heads of a layer become one step of information from its inputs to its outputs.
struct TransitionOptions {
  Residual residual;
  Fuse fuse = Fuse::mean;
  /// This share of the fused matrix's non-zero entries, the smallest, is set to zero.
  double discard = 0;
  /// Not empty: for each layer of the file the gradient [head, query, key] of what is explained
  /// with respect to the attention; F is then the mean over heads of max(0, A ∘ gradient).
  std::vector<Tensor> gradient;
};

/// Positions in the selection (0 to stack.layers() - 1) of the first and last layer wanted.
struct LayerRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The layers from `start` to `end`, both included, given by their indices in the file (negative:
/// from the end of the selection); the whole selection without either.
/// @throws ArgumentError where the selection has no such layer, or `end` is before `start`
LayerRange layer_range(const Attention& stack, std::optional<std::int64_t> start,
                       std::optional<std::int64_t> end);

/// Checks once what layer_transition requires: as many queries as keys, heads not fused yet where
/// there is a gradient, a gradient of the stack's shape, shares within their bounds.
/// @throws InputError, ArgumentError
void check_transitions(const Attention& stack, const TransitionOptions& options);

/// The matrix Ã [output, input] of layer `l` of the selection: heads fused, the smallest entries
/// discarded, the residual connection put in. A row of zeros becomes the residual alone.
/// Rollout (Abnar and Zuidema 2020) multiplies these, attention flow takes them as capacities.
template <typename Scalar = double>
MatrixOf<Scalar> layer_transition(const Attention& stack, std::size_t l,
                                  const TransitionOptions& options);

/// Those of every layer of a range, the one nearest the inputs first.
/// @throws LimitError where they take more memory than the stack's limits allow
std::vector<Matrix> layer_transitions(const Attention& stack, LayerRange range,
                                      const TransitionOptions& options);

/// The same a band of rows at a time. Memory is that of a band, unless transition_needs_matrix.
void transition_rows(const Attention& stack, std::size_t l, const TransitionOptions& options,
                     const BandWork& work);
/// Discarding looks at all entries of a layer at once, and a gradient is multiplied with all heads.
inline bool transition_needs_matrix(const TransitionOptions& options) {
  return options.discard > 0 || !options.gradient.empty();
}

/// The same for a layer in which every token attends equally to itself and all before it.
void uniform_causal_rows(std::size_t tokens, const Residual& residual, const BandWork& work);
Matrix uniform_causal_transition(std::size_t tokens, const Residual& residual);

}  // namespace attngraph
