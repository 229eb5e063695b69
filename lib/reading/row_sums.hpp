#pragma once

#include <cstddef>
#include <optional>

#include "tensor/tensor.hpp"

namespace attngraph {

/// Whether what is looked at (some rows from the first, the middle and the last place) sums to 1
/// along `axis`, with no negative number; rows of zeros tell nothing. A look at few numbers, to
/// tell arrays apart; who computes checks all of them.
bool sums_to_one(const Tensor& tensor, std::size_t axis);

/// The one axis along which the numbers sum to 1; nothing where there is none, or several.
std::optional<std::size_t> summing_axis(const Tensor& tensor);

}  // namespace attngraph
