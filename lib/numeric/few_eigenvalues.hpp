#pragma once

#include "numeric/linear_map.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The `count` largest eigenvalues of a symmetric matrix that has none below 0, descending, each as
/// often as it is one.
/// @param apply x -> A x
/// @param count below `size`
/// @throws LimitError where they do not converge
Vector largest_eigenvalues(const LinearMap& apply, Index size, Index count);

/// How many vectors of the matrix's size that takes beside each other.
Index eigenvectors_held(Index count);

}  // namespace attngraph
