#pragma once

#include <complex>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// All eigenvalues of a symmetric matrix, ascending. Reads its lower triangle.
/// @throws LimitError where the solver does not converge
Vector symmetric_eigenvalues(const Matrix& a);

/// The same with eigenvectors of length 1, orthogonal to each other: row i of `modes` belongs to
/// value i.
struct Eigensystem {
  Vector values;
  Matrix modes;
};
Eigensystem symmetric_eigensystem(const Matrix& a);

/// All eigenvalues of a square matrix, in no order, each pair of conjugates whole.
/// @throws LimitError where the solver does not converge
std::vector<std::complex<double>> eigenvalues(const Matrix& a);

/// All singular values, descending.
/// @throws LimitError where the solver does not converge
Vector singular_values(const Matrix& a);

/// From so many rows on, LAPACK solves in place of Eigen: its blocked algorithms are faster there,
/// for matrices that are not symmetric much earlier.
inline constexpr Index symmetric_rows_for_lapack = 1000;
inline constexpr Index general_rows_for_lapack = 200;

}  // namespace attngraph
