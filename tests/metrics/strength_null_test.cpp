#include "metrics/walks/strength_null.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "attention/attention.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

/// By the definition, row by row and key by key.
Vector slow_z(const Matrix& weights, bool causal, SelfLoops loops) {
  const Index n = weights.rows();
  Index seen = n;
  while (seen > 0 && weights.col(seen - 1).isZero(0)) --seen;
  Vector z = Vector::Zero(n);
  for (Index key = 0; key < n; ++key) {
    double sum = 0, mean = 0, variance = 0;
    for (Index q = 0; q < n; ++q) {
      const auto row = weights.row(q).head(causal ? q + 1 : seen);
      if (key >= row.size() || (q == key && loops == SelfLoops::drop)) continue;
      sum += weights(q, key);
      mean += row.mean();
      variance += (row.array() - row.mean()).square().mean();
    }
    if (variance > 1e-25) z[key] = (sum - mean) / std::sqrt(variance);
  }
  return z;
}

Attention attention_of(const Matrix& weights, bool causal) {
  const auto n = static_cast<std::size_t>(weights.rows());
  Attention attention({Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()), {1, n, n})});
  attention.set_causal(causal);
  return attention;
}

TEST_CASE("the deck's graph has the z that all its row orders give") {
  CHECK(agree(strength_z(Graph(deck_matrix())), vector_of({.235702260396, 0, -.235702260396}),
              1e-11, 1e-9));
}

TEST_CASE("z is how far in-strength is from its mean over all orders of the rows") {
  const Matrix weights = deck_matrix();
  std::vector<double> sums;
  std::array<int, 3> a{0, 1, 2};
  do {
    std::array<int, 3> b{0, 1, 2};
    do {
      std::array<int, 3> c{0, 1, 2};
      do {
        sums.push_back(weights(0, a[0]) + weights(1, b[0]) + weights(2, c[0]));
      } while (std::next_permutation(c.begin(), c.end()));
    } while (std::next_permutation(b.begin(), b.end()));
  } while (std::next_permutation(a.begin(), a.end()));
  const auto all = Eigen::Map<const Eigen::ArrayXd>(sums.data(), static_cast<Index>(sums.size()));
  const double deviation = std::sqrt((all - all.mean()).square().mean());
  CHECK(strength_z(Graph(weights))[0] == doctest::Approx((1.1 - all.mean()) / deviation));
}

TEST_CASE("z is what its definition says, of matrices, edges and both kinds of self-loops") {
  std::mt19937_64 random(4);
  for (int round = 0; round < 60; ++round) {
    const Kind kind = all_kinds[round % 5];
    const Matrix weights = random_attention(random, 1 + round % 17, kind);
    const bool causal = kind == Kind::causal;
    const SelfLoops loops = round % 3 ? SelfLoops::keep : SelfLoops::drop;
    const Attention attention = attention_of(weights, causal);
    CAPTURE(round);
    CHECK(agree(strength_z(Graph(attention, 0, 0, {Direction::attends, loops})),
                slow_z(weights, causal, loops), 1e-9, 1e-3));
    const Graph edges(edge_arrays(weights, Direction::attends));
    CHECK(agree(strength_z(edges), slow_z(weights, false, SelfLoops::keep), 1e-9, 1e-3));
  }
}

TEST_CASE("where every order gives the same, z is 0 whatever rounding makes of it") {
  CHECK(strength_z(Graph(Matrix::Constant(7, 7, 1. / 7))).isZero(0));
  Matrix uniform = Matrix::Zero(6, 6);
  for (Index q = 0; q < 6; ++q) uniform.row(q).head(q + 1).setConstant(1. / double(q + 1));
  const Attention causal = attention_of(uniform, true);
  CHECK(strength_z(Graph(causal, 0, 0)).isZero(0));
  CHECK(strength_z(Graph(Matrix::Zero(2, 2))).isZero(0));
  CHECK(strength_z(Graph(deck_matrix(), {Direction::informs, SelfLoops::keep})).isZero(0));
}

TEST_CASE("the last queries of a causal text see the keys up to themselves") {
  // Query 0 stands at key 1: of its two keys each has .5 on average, and a deviation of .3.
  Attention attention(
      {Tensor::from(std::vector<double>{.8, .2, 0, 1. / 3, 1. / 3, 1. / 3}, {1, 2, 3})});
  attention.set_causal(true);
  const Vector z = strength_z(Graph(attention, 0, 0));  // two queries, then three keys
  CHECK(agree(z, vector_of({0, 0, 1, -1, 0}), 1e-12, 1e-9));
}

TEST_CASE("permuting tokens permutes z") {
  std::mt19937_64 random(5);
  const Matrix weights = random_attention(random, 9, Kind::sharp);
  const Matrix turned = weights.reverse();
  CHECK(agree(strength_z(Graph(turned)), strength_z(Graph(weights)).reverse(), 1e-11));
}

}  // namespace
}  // namespace attngraph
