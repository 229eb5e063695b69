#include "numeric/eigenvalues.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "core/error.hpp"
#include "numeric/few_eigenvalues.hpp"
#include "numeric/lapack.hpp"

using namespace attngraph;

namespace {

Matrix random_matrix(Index n, unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  return Matrix::NullaryExpr(n, n, [&] { return normal(random); });
}

Matrix symmetric_matrix(Index n, unsigned seed) {
  const Matrix a = random_matrix(n, seed);
  return a * a.transpose();
}

/// In an order of their own.
std::vector<std::complex<double>> sorted(std::vector<std::complex<double>> values) {
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    if (std::abs(a.real() - b.real()) > 1e-9) return a.real() < b.real();
    return a.imag() < b.imag();
  });
  return values;
}

}  // namespace

TEST_CASE("a symmetric matrix has real eigenvalues, ascending") {
  Matrix a(2, 2);
  a << 2, 1, 1, 2;
  CHECK((symmetric_eigenvalues(a) - Eigen::Vector2d(1, 3)).norm() < 1e-14);
  const Eigensystem system = symmetric_eigensystem(a);
  CHECK(std::abs(system.modes(0, 0) + system.modes(0, 1)) < 1e-14);
}

TEST_CASE("a rotation has the eigenvalues i and -i") {
  Matrix a(2, 2);
  a << 0, -1, 1, 0;
  const auto values = sorted(eigenvalues(a));
  CHECK(std::abs(values[0] - std::complex<double>(0, -1)) < 1e-14);
  CHECK(std::abs(values[1] - std::complex<double>(0, 1)) < 1e-14);
}

TEST_CASE("LAPACK and Eigen find the same") {
  for (const Index n : {1, 2, 17, 60}) {
    const Matrix s = symmetric_matrix(n, 1), a = random_matrix(n, 2);
    CAPTURE(n);
    const double size = s.norm();
    CHECK((lapack::symmetric_eigenvalues(s) - symmetric_eigenvalues(s)).norm() < 1e-12 * size);
    const Eigensystem one = lapack::symmetric_eigensystem(s), other = symmetric_eigensystem(s);
    CHECK((one.values - other.values).norm() < 1e-12 * size);
    CHECK((one.modes.transpose() * one.values.asDiagonal() * one.modes - s).norm() < 1e-12 * size);
    CHECK((other.modes.transpose() * other.values.asDiagonal() * other.modes - s).norm() <
          1e-12 * size);
    CHECK((lapack::singular_values(a) - singular_values(a)).norm() < 1e-12 * a.norm());
    const auto by_lapack = sorted(lapack::eigenvalues(a)), by_eigen = sorted(eigenvalues(a));
    for (std::size_t i = 0; i < by_eigen.size(); ++i) {
      CHECK(std::abs(by_lapack[i] - by_eigen[i]) < 1e-10);
    }
  }
}

TEST_CASE("a few of the largest are the end of all, repeated ones as often as they are") {
  const Matrix a = symmetric_matrix(40, 3);
  const Vector all = symmetric_eigenvalues(a);
  const auto few = [](const Matrix& matrix, Index count) {
    return largest_eigenvalues([&](const Vector& x) { return Vector(matrix * x); }, matrix.rows(),
                               count);
  };
  CHECK((few(a, 5) - all.reverse().head(5)).norm() < 1e-8 * all.maxCoeff());
  Matrix twice = Matrix::Zero(80, 80);
  twice.topLeftCorner(40, 40) = a;
  twice.bottomRightCorner(40, 40) = a;
  const Vector pairs = few(twice, 4);
  CHECK(std::abs(pairs[1] - pairs[0]) < 1e-8 * all.maxCoeff());
  CHECK(std::abs(pairs[3] - all[38]) < 1e-8 * all.maxCoeff());
  CHECK(few(Matrix::Zero(9, 9), 3).norm() == 0);
  CHECK((few(Matrix::Identity(9, 9), 3) - Vector::Ones(3)).norm() < 1e-12);
}

TEST_CASE("a solver that does not converge says so") {
  Matrix lost = Matrix::Constant(30, 30, std::numeric_limits<double>::quiet_NaN());
  CHECK_THROWS_AS(symmetric_eigenvalues(lost), LimitError);
  CHECK_THROWS_AS(lapack::singular_values(lost), LimitError);
  // A map that is none: each time other vectors.
  std::mt19937_64 random(4);
  std::normal_distribution<double> normal;
  const LinearMap restless = [&](const Vector& x) {
    return Vector(Vector::NullaryExpr(x.size(), [&] { return normal(random); }));
  };
  CHECK_THROWS_AS(largest_eigenvalues(restless, 60, 1), LimitError);
}

TEST_CASE("what LAPACK cannot count is refused") {
  CHECK_THROWS_AS(lapack::symmetric_eigenvalues(Matrix(40000, 0)), LimitError);
}
