#pragma once

#include <complex>
#include <vector>

#include "numeric/eigenvalues.hpp"
#include "numeric/matrix.hpp"

/// The only door to LAPACK: the functions of eigenvalues.hpp by its solvers, for matrices of up to
/// 30,000 rows. @throws LimitError for larger ones, and as those do
namespace attngraph::lapack {

Vector symmetric_eigenvalues(const Matrix& a);
Eigensystem symmetric_eigensystem(const Matrix& a);
std::vector<std::complex<double>> eigenvalues(const Matrix& a);
Vector singular_values(const Matrix& a);

}  // namespace attngraph::lapack
