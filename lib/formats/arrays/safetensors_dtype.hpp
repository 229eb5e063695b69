#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "tensor/tensor.hpp"

namespace attngraph {

/// The number type that a header calls `F32`; nothing for one that is not read.
std::optional<Dtype> safetensors_dtype(std::string_view name);

/// Bits of one number, also of a type that is not read; nothing for an unknown one.
std::optional<std::size_t> safetensors_bits(std::string_view name);

}  // namespace attngraph
