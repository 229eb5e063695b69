#pragma once

#include <functional>

#include "numeric/linear_map.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The largest eigenvalue of a non-negative matrix and its positive eigenvector, largest entry 1.
struct PerronPair {
  double value = 0;
  Vector vector;
};

/// @param apply x -> A x for a non-negative, irreducible A with a positive diagonal
/// @param size rows of A
/// @param dense A itself, asked for only where the iteration is slow and A is small
/// @throws LimitError where a large matrix does not converge
PerronPair perron_pair(const LinearMap& apply, Index size, const std::function<Matrix()>& dense);

/// The largest matrix for which dense factorisations are used.
inline constexpr Index most_dense_rows = 3000;

}  // namespace attngraph
