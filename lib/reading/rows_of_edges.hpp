#pragma once

#include <optional>

#include "reading/finding.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Rows, or columns, of a matrix that may be edges: two whole numbers, source and target, before a
/// weight that is none. Nothing where rows sum to 1, as those of attention do. The cure writes a
/// table.
std::optional<Finding> rows_of_edges(const Tensor& matrix);

}  // namespace attngraph
