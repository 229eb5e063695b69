#pragma once

#include <optional>

#include "reading/arrays/axes.hpp"
#include "reading/finding.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Another order of the axes, where the numbers sum to 1 along one axis and that is not the key's:
/// matrices that lie transposed, heads last. The cure names the axes.
/// @param numbered what `axes` of the request says before them of the numbers in names
std::optional<Finding> other_axes(const Tensor& array, const Axes& axes, const Axes& numbered = {});

/// Another number type, where integers hold the bits of numbers that sum to 1 (bfloat16 saved as
/// int16 or uint16). The cure names the type.
std::optional<Finding> other_dtype(const Tensor& array, const Axes& axes);

}  // namespace attngraph
