// Householder's reduction and QR steps by Eigen, LAPACK's blocked ones for what is large. Cost:
// O(n³); values alone are several times cheaper than vectors.
#include "numeric/eigenvalues.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <string>

#include "core/error.hpp"
#include "numeric/lapack.hpp"

namespace attngraph {
namespace {

using Symmetric = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;
using General = Eigen::EigenSolver<Eigen::MatrixXd>;

template <typename Solver>
void check(const Solver& solver) {
  if (solver.info() == Eigen::Success) return;
  throw LimitError("eigenvalues", "the solver does not converge");
}

}  // namespace

Vector symmetric_eigenvalues(const Matrix& a) {
  if (a.rows() >= symmetric_rows_for_lapack) return lapack::symmetric_eigenvalues(a);
  const Symmetric solver(a, Eigen::EigenvaluesOnly);
  check(solver);
  return solver.eigenvalues();
}

Eigensystem symmetric_eigensystem(const Matrix& a) {
  if (a.rows() >= symmetric_rows_for_lapack) return lapack::symmetric_eigensystem(a);
  const Symmetric solver(a);
  check(solver);
  return {solver.eigenvalues(), solver.eigenvectors().transpose()};
}

std::vector<std::complex<double>> eigenvalues(const Matrix& a) {
  if (a.rows() >= general_rows_for_lapack) return lapack::eigenvalues(a);
  const General solver(a, false);
  check(solver);
  const auto& values = solver.eigenvalues();
  return {values.begin(), values.end()};
}

Vector singular_values(const Matrix& a) {
  if (a.rows() >= general_rows_for_lapack) return lapack::singular_values(a);
  const Eigen::BDCSVD<Eigen::MatrixXd> solver(a);
  check(solver);
  return solver.singularValues();
}

}  // namespace attngraph
