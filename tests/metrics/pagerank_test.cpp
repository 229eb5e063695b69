#include "metrics/walks/pagerank.hpp"

#include <doctest/doctest.h>
#include <Eigen/LU>

#include "core/error.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

// The stationary distribution as the solution of a linear system.
Vector solved(const Matrix& weights, double damping, Vector restart = {}) {
  const Index n = weights.rows();
  if (restart.size() == 0) restart.setConstant(n, 1.0 / static_cast<double>(n));
  Matrix walk = weights;
  for (Index v = 0; v < n; ++v) {
    const double sum = walk.row(v).sum();
    if (sum > 0) {
      walk.row(v) /= sum;
    } else {
      walk.row(v) = restart.transpose();
    }
  }
  const Matrix system = Matrix::Identity(n, n) - damping * walk;
  return system.transpose().partialPivLu().solve((1.0 - damping) * restart);
}

TEST_CASE("the deck's graph has the published PageRank in both directions") {
  const Vector attends = pagerank(deck_matrix(), Direction::attends, 0.85);
  CHECK(agree(attends, vector_of({.3911564626, .3333333333, .2755102041}), 1e-9));
  const Vector informs = pagerank(deck_matrix(), Direction::informs, 0.85);
  CHECK(agree(informs, vector_of({.3044516, .3187097, .3768387}), 1e-6));
}

TEST_CASE("PageRank solves its linear system, from a matrix and from edges") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 120; ++round) {
    const Index n = 1 + round % 40;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    const double damping = round % 7 == 0 ? 0.99 : 0.85;
    CAPTURE(round);
    for (const Direction direction : {Direction::attends, Direction::informs}) {
      const Matrix oriented =
          direction == Direction::attends ? weights : Matrix(weights.transpose());
      const Vector expected = solved(oriented, damping);
      const EdgeArrays edges = edge_arrays(weights, direction);
      CHECK((pagerank(weights, direction, damping) - expected).lpNorm<1>() < 1e-12);
      CHECK((pagerank(edges, damping) - expected).lpNorm<1>() < 1e-12);
      CHECK((pagerank(Graph(edges), damping, Engine::igraph) - expected).lpNorm<1>() < 1e-9);
    }
  }
}

TEST_CASE("personalised PageRank begins again at the tokens asked for") {
  const auto from = [](Index token) {
    return pagerank(deck_matrix(), Direction::attends, 0.85, Vector::Unit(3, token));
  };
  CHECK(agree(from(0), vector_of({.568954854669, .257575757576, .173469387755}), 1e-11));
  CHECK(agree(from(2), vector_of({.26283240569, .257575757576, .479591836735}), 1e-11));
  std::mt19937_64 random(9);
  for (int round = 0; round < 80; ++round) {
    const Index n = 1 + round % 23;
    Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    if (round % 4 == 0) weights.row(round % n).setZero();
    Vector restart = Vector::Zero(n);
    restart[round % n] += .5;
    restart[(round * 7) % n] += .5;
    const Direction direction = round % 2 ? Direction::informs : Direction::attends;
    const Vector expected = solved(
        direction == Direction::attends ? weights : Matrix(weights.transpose()), 0.85, restart);
    const EdgeArrays edges = edge_arrays(weights, direction);
    CAPTURE(round);
    CHECK((pagerank(weights, direction, 0.85, restart) - expected).lpNorm<1>() < 1e-12);
    CHECK((pagerank(edges, 0.85, restart) - expected).lpNorm<1>() < 1e-12);
    CHECK((pagerank(Graph(edges), 0.85, Engine::igraph, restart) - expected).lpNorm<1>() < 1e-9);
  }
}

TEST_CASE("weights in float32 have the PageRank of the same weights in double") {
  std::mt19937_64 random(3);
  for (int round = 0; round < 60; ++round) {
    const MatrixF weights = random_attention(random, 1 + round, all_kinds[round % 5]).cast<float>();
    const Matrix same = weights.cast<double>();
    CAPTURE(round);
    for (const Direction direction : {Direction::attends, Direction::informs}) {
      const Vector narrow = pagerank(weights, direction, 0.85);
      CHECK((narrow - pagerank(same, direction, 0.85)).lpNorm<1>() < 1e-14);
    }
  }
}

TEST_CASE("a head that attends to itself or to the token before has an exact PageRank too") {
  const Index n = 300;
  Matrix weights = 0.001 / n * Matrix::Ones(n, n);
  weights.diagonal().array() += 0.999;
  CHECK((pagerank(weights, Direction::attends, 0.85) - solved(weights, 0.85)).lpNorm<1>() < 1e-12);
  weights.setZero();
  weights(0, 0) = 1;
  for (Index v = 1; v < n; ++v) weights(v, v - 1) = 1;
  CHECK((pagerank(weights, Direction::attends, 0.85) - solved(weights, 0.85)).lpNorm<1>() < 1e-12);
}

TEST_CASE("a graph without edges has the same PageRank everywhere") {
  EdgeArrays edges;
  edges.nodes = 4;
  CHECK(agree(pagerank(edges, 0.85), Vector::Constant(4, 0.25), 1e-15));
  CHECK(
      agree(pagerank(deck_matrix(), Direction::attends, 0.0), Vector::Constant(3, 1.0 / 3), 1e-15));
}

TEST_CASE("a damping of 1 or more, below 0, or not a number is refused") {
  for (const double damping : {1.0, -0.1, 2.0, std::nan("")}) {
    CHECK_THROWS_WITH_AS(pagerank(deck_matrix(), Direction::attends, damping),
                         doctest::Contains("$damping"), ArgumentError);
  }
}

}  // namespace
}  // namespace attngraph
