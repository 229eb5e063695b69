#include "metrics/walks/eigenvector.hpp"

#include <doctest/doctest.h>

#include "metrics/random_attention.hpp"
#include "metrics/walks/hub_authority.hpp"

namespace attngraph {
namespace {

using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Ones times a matrix to the power of 2^squarings, largest entry 1: the definition, with time in
// doublings, so that growth like t / (t + 1) is over.
Vector power_limit(const Matrix& matrix, int squarings) {
  LongMatrix power = matrix.cast<long double>();
  for (int i = 0; i < squarings; ++i) {
    power = (power * power).eval();
    power /= power.maxCoeff();
  }
  const auto sums = power.colwise().sum().eval();
  return (sums / sums.maxCoeff()).transpose().cast<double>();
}

Vector eigenvector_by_definition(const Matrix& weights) {
  return power_limit(weights + Matrix::Identity(weights.rows(), weights.cols()), 32);
}

Vector of(const Matrix& weights) { return eigenvector(Graph(weights, {Direction::attends})); }

TEST_CASE("attention without zeros: the left eigenvector") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 60; ++round) {
    const Kind kind = round % 2 ? Kind::dense : Kind::sharp;
    const Matrix weights = random_attention(random, 2 + round, kind);
    const Vector x = of(weights);
    CAPTURE(round);
    CHECK(x.maxCoeff() == doctest::Approx(1.0).epsilon(1e-12));
    CHECK(agree(weights.transpose() * x, x, 1e-11, 1e-3));
  }
}

TEST_CASE("any pattern of zeros: the limit of the definition") {
  std::mt19937_64 random(12);
  for (int round = 0; round < 200; ++round) {
    const Kind kinds[] = {Kind::causal, Kind::sparse, Kind::rounded};
    Matrix weights = random_attention(random, 1 + round % 14, kinds[round % 3]);
    if (round % 4 == 0) weights = weights.triangularView<Eigen::Lower>();
    if (round % 5 == 0) weights = weights.triangularView<Eigen::Upper>();
    if (weights.diagonal().isZero(0.0)) continue;
    CAPTURE(round);
    CAPTURE(weights);
    CHECK(agree(of(weights), eigenvector_by_definition(weights), 1e-6, 1e-3));
  }
}

TEST_CASE("causal attention gives the first token everything") {
  std::mt19937_64 random(13);
  const Matrix weights = random_attention(random, 40, Kind::causal);
  CHECK(agree(of(weights), Vector::Unit(40, 0), 0));
}

TEST_CASE("rows that sum to 1 inform equally") {
  std::mt19937_64 random(14);
  for (const Kind kind : {Kind::causal, Kind::dense, Kind::sharp}) {
    const Matrix weights = random_attention(random, 50, kind);
    CHECK(agree(eigenvector(Graph(weights, {Direction::informs})), Vector::Ones(50), 1e-10));
  }
}

TEST_CASE("a repeated largest eigenvalue on one chain: only its end remains") {
  Matrix weights(3, 3);
  weights << .5, .25, .25, 0, .5, .5, 0, 0, .25;
  // x(t) grows as t at node 1 and, through it, at node 2: 0.5 x1 / (0.5 - 0.25) = 2 x1.
  CHECK(agree(of(weights), vector_of({0, .5, 1}), 1e-14));
}

TEST_CASE("a long chain of equal values neither overflows nor underflows") {
  const Index n = 400;
  Matrix weights = Matrix::Zero(n, n);
  for (Index v = 0; v < n; ++v) {
    weights(v, v) = 0.5;
    if (v > 0) weights(v, v - 1) = 1e-3;
  }
  CHECK(agree(of(weights), Vector::Unit(n, 0), 0));
}

TEST_CASE("separate blocks of equal value all remain, in proportion to what they begin with") {
  Matrix weights = Matrix::Zero(5, 5);
  weights.topLeftCorner(2, 2) << .5, .5, .5, .5;
  weights.block(2, 2, 2, 2) << 0, 1, 1, 0;
  weights(4, 4) = 0.9;
  CHECK(agree(of(weights), vector_of({1, 1, 1, 1, 0}), 1e-13));
}

TEST_CASE("no cycle and no self-loop: all zeros") {
  Matrix weights(3, 3);
  weights << 0, 0, 0, 1, 0, 0, .5, .5, 0;
  CHECK(agree(of(weights), Vector::Zero(3), 0));
  CHECK(agree(of(Matrix::Zero(1, 1)), Vector::Zero(1), 0));
  CHECK(agree(of(Matrix::Ones(1, 1)), Vector::Ones(1), 0));
}

TEST_CASE("a long cycle, which has many eigenvalues of nearly the same size, converges") {
  const Index n = 200;
  Matrix weights = Matrix::Zero(n, n);
  for (Index v = 0; v < n; ++v) weights(v, (v + 1) % n) = v == 0 ? 0.5 : 1.0;
  // r^n = 0.5, and each step along the cycle divides by r, the first also halves.
  const double r = std::pow(0.5, 1.0 / n);
  Vector x = of(weights);
  x /= x[0];
  for (Index v = 1; v < n; ++v) {
    CHECK(x[v] == doctest::Approx(x[v - 1] * (v == 1 ? 0.5 : 1.0) / r).epsilon(1e-10));
  }
}

TEST_CASE("blocks that hang together by a thread keep their proportion") {
  // Two pairs; what crosses is 1e-7 one way and 2e-7 the other, so mass stands 2 : 1.
  Matrix weights = Matrix::Zero(4, 4);
  weights << .5, .5 - 1e-7, 1e-7, 0, .5, .5, 0, 0, 0, 2e-7, .5, .5 - 2e-7, 0, 0, .5, .5;
  const Vector x = of(weights);
  CHECK(agree(weights.transpose() * x, x, 1e-13));
  CHECK((x[0] + x[1]) / (x[2] + x[3]) == doctest::Approx(2.0).epsilon(1e-6));
}

TEST_CASE("the deck's graph has the published hubs and authorities") {
  const HubAuthority both = hub_authority(edge_arrays(deck_matrix(), Direction::attends));
  CHECK(agree(both.hub, vector_of({1, .9472404320, .8252898560}), 1e-9));
  CHECK(agree(both.authority, vector_of({1, .8750363312, .7241268724}), 1e-9));
}

TEST_CASE("hubs and authorities are the limits of their definitions") {
  std::mt19937_64 random(15);
  for (int round = 0; round < 150; ++round) {
    const Matrix weights = random_attention(random, 1 + round % 12, all_kinds[round % 5]);
    if (weights.isZero(0.0)) continue;
    CAPTURE(round);
    CAPTURE(weights);
    const HubAuthority both = hub_authority(edge_arrays(weights, Direction::attends));
    CHECK(agree(both.hub, power_limit(weights * weights.transpose(), 40), 1e-7, 1e-3));
    CHECK(agree(both.authority, power_limit(weights.transpose() * weights, 40), 1e-7, 1e-3));
  }
}

TEST_CASE("a head that attends to itself has equal hubs, and so has the one before") {
  const Vector ones = Vector::Ones(30);
  const auto itself = hub_authority(edge_arrays(Matrix::Identity(30, 30), Direction::attends));
  CHECK(agree(itself.hub, ones, 1e-14));
  CHECK(agree(itself.authority, ones, 1e-14));
  Matrix before = Matrix::Zero(3, 3);
  before << 1, 0, 0, 1, 0, 0, 0, 1, 0;
  const auto both = hub_authority(edge_arrays(before, Direction::attends));
  CHECK(agree(both.hub, vector_of({1, 1, 0}), 1e-14));
  CHECK(agree(both.authority, vector_of({1, 0, 0}), 1e-14));
}

TEST_CASE("nearly equal singular values still converge") {
  const Index n = 60;
  std::mt19937_64 random(16);
  Matrix weights = 0.9999 * Matrix::Identity(n, n);
  weights += 1e-4 * random_attention(random, n, Kind::dense);
  const HubAuthority both = hub_authority(edge_arrays(weights, Direction::attends));
  const Vector image = weights * (weights.transpose() * both.hub);
  CHECK(agree(image / image.maxCoeff(), both.hub, 1e-12));
  CHECK(agree(both.hub, power_limit(weights * weights.transpose(), 40), 1e-8));
}

TEST_CASE("without edges all are zero") {
  EdgeArrays edges;
  edges.nodes = 3;
  CHECK(agree(hub_authority(edges).hub, Vector::Zero(3), 0));
  CHECK(agree(hub_authority(edges).authority, Vector::Zero(3), 0));
  CHECK(agree(eigenvector(Graph(edges)), Vector::Zero(3), 0));
}

}  // namespace
}  // namespace attngraph
