#include "attention/heads/divergence.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <numbers>
#include <random>

namespace attngraph {
namespace {

double js(const Matrix& a, const Matrix& b) {
  return jensen_shannon(a, b, log_mass(a), log_mass(b));
}

/// By the definition, entry by entry.
double js_by_definition(const Matrix& a, const Matrix& b) {
  double sum = 0;
  const Index seen = ((a + b).rowwise().sum().array() > 0).count();
  for (Index i = 0; i < a.size(); ++i) {
    const double p = a.data()[i], q = b.data()[i], m = (p + q) / 2;
    if (p > 0) sum += p * std::log(p / m) / 2;
    if (q > 0) sum += q * std::log(q / m) / 2;
  }
  return seen == 0 ? 0 : sum / static_cast<double>(seen);
}

Matrix random_weights(unsigned seed, Index rows, Index columns) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  Matrix weights(rows, columns);
  for (Index i = 0; i < weights.size(); ++i) {
    weights.data()[i] = std::max(0.0, uniform(random) - 0.3);
  }
  for (Index q = 0; q < rows; ++q) {
    if (weights.row(q).sum() > 0) weights.row(q) /= weights.row(q).sum();
  }
  return weights;
}

TEST_CASE("equal heads do not diverge at all") {
  for (Index n = 1; n < 12; ++n) {
    const Matrix weights = random_weights(static_cast<unsigned>(n), n, n);
    CHECK(js(weights, weights) == 0);
  }
}

TEST_CASE("heads that share no key diverge by log 2") {
  Matrix a = Matrix::Zero(2, 2), b = Matrix::Zero(2, 2);
  a.col(0).setOnes();
  b.col(1).setOnes();
  CHECK(js(a, b) == doctest::Approx(std::numbers::ln2));
}

TEST_CASE("rows are averaged, not summed") {
  Matrix a = Matrix::Identity(2, 2), b = Matrix::Identity(2, 2);
  b.row(1) << 1, 0;
  CHECK(js(a, b) == doctest::Approx(std::numbers::ln2 / 2));
}

TEST_CASE("the value agrees with SciPy") {
  Matrix a(1, 3), b(1, 3);
  a << .7, .2, .1;
  b << .3, .6, .1;
  // scipy.spatial.distance.jensenshannon(a, b) ** 2
  CHECK(js(a, b) == doctest::Approx(0.09346625362898076).epsilon(1e-13));
}

TEST_CASE("the divergence is that of its definition, symmetric and bounded") {
  CHECK(rc::check("definition", [](unsigned seed) {
    const auto rows = static_cast<Index>(1 + seed % 5), columns = static_cast<Index>(1 + seed % 9);
    const Matrix a = random_weights(seed, rows, columns);
    const Matrix b = random_weights(seed + 1, rows, columns);
    RC_ASSERT(std::abs(js(a, b) - js_by_definition(a, b)) < 1e-14);
    RC_ASSERT(js(a, b) == js(b, a));
    RC_ASSERT(js(a, b) >= 0 && js(a, b) <= std::numbers::ln2 + 1e-12);
  }));
}

TEST_CASE("rows that are zero in both heads are not counted, in one alone they are") {
  Matrix a = Matrix::Zero(3, 2), b = Matrix::Zero(3, 2);
  a.row(0) << 1, 0;
  b.row(0) << 0, 1;
  CHECK(js(a, b) == doctest::Approx(std::numbers::ln2));
  a.row(1) << .5, .5;
  CHECK(js(a, b) == doctest::Approx(std::numbers::ln2 * 3 / 4));
  CHECK(js(Matrix::Zero(2, 2), Matrix::Zero(2, 2)) == 0);
}

}  // namespace
}  // namespace attngraph
