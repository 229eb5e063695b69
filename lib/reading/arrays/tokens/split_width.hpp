#pragma once

#include <cstddef>

#include "tensor/tensor.hpp"

namespace attngraph {

/// [layer, head, token, width] of values [layer, token, heads x width], in whose width heads lie
/// side by side.
/// @throws ArgumentError where the width is no multiple of `heads`
Tensor split_width(const Tensor& values, std::size_t heads);

}  // namespace attngraph
