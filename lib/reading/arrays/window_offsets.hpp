#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "tensor/tensor.hpp"

namespace attngraph {

/// Global tokens and width of the window whose offsets a last axis holds in place of keys
/// (Longformer: the weights on the global tokens, then window + 1 offsets around the query).
struct WindowOffsets {
  std::size_t global;
  std::size_t window;
};

/// What the zeros of the layers [head, query, key] show: behind the global tokens every query sees
/// its own place and no offset before the first or behind the last token. Rows of zeros (global and
/// masked tokens) tell nothing.
/// @returns nothing where the last axis holds keys, or where so few zeros may be chance
std::optional<WindowOffsets> window_offsets(const std::vector<Tensor>& layers);

}  // namespace attngraph
