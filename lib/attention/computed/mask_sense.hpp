#pragma once

#include <string_view>

#include "tensor/tensor.hpp"

namespace attngraph {

/// A mask says where a query may look. @throws InputError where its name or its numbers say that it
/// is true where none may, as masks of PyTorch's MultiheadAttention are: `key_padding_mask`, or an
/// `attn_mask` of truth values by which queries see others and not themselves
/// @param name of the array or its file: `:key_padding_mask`, `masks/attn_mask.npy`
void refuse_inverted_mask(std::string_view name, const Tensor& mask);

}  // namespace attngraph
