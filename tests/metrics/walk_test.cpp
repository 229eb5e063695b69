#include "metrics/spectrum/walk.hpp"

#include <doctest/doctest.h>
#include <Eigen/LU>

#include <cmath>

#include "metrics/random_attention.hpp"
#include "metrics/spectrum/walk_numbers.hpp"
#include "metrics/walks/stationary.hpp"

namespace attngraph {
namespace {

constexpr WalkRules causal{Direction::attends, Causality::causal, 1};

Matrix square(std::initializer_list<double> weights) {
  const auto n = static_cast<Index>(std::lround(std::sqrt(static_cast<double>(weights.size()))));
  return Eigen::Map<const Matrix>(weights.begin(), n, n);
}

Vector end_of(const Walk& walk) { return walk.has_one_end() ? stationary(walk) : Vector{}; }

WalkNumbers numbers_of(const Matrix& weights, const WalkRules& rules = {}) {
  const Walk walk = random_walk(weights, rules);
  return walk_numbers(walk, end_of(walk));
}

using doctest::Approx;

TEST_CASE("the deck's graph has its golden walk") {
  CHECK(
      agree(stationary(random_walk(deck_matrix(), {})), vector_of({5. / 12, 1. / 3, .25}), 1e-14));
  const WalkNumbers plain = numbers_of(deck_matrix());
  CHECK(plain.gap == Approx(.4).epsilon(1e-12));
  CHECK(plain.mixing == 3);
  CHECK(plain.kemeny == Approx(4.16666666667).epsilon(1e-11));
  CHECK(plain.entropy_rate == Approx(.833860943314).epsilon(1e-11));
  const WalkNumbers damped = numbers_of(deck_matrix(), {.damping = .99});
  CHECK(damped.gap == Approx(.406).epsilon(1e-12));
  CHECK(damped.mixing == 3);
  CHECK(damped.kemeny == Approx(4.11868332626).epsilon(1e-11));
  CHECK(damped.entropy_rate == Approx(.839433666191).epsilon(1e-11));
  const WalkNumbers back = numbers_of(deck_matrix(), {.direction = Direction::informs});
  CHECK(back.gap == Approx(.371700337869).epsilon(1e-11));
  CHECK(back.mixing == 2);
  CHECK(back.kemeny == Approx(4.3185840708).epsilon(1e-10));
  CHECK(back.entropy_rate == Approx(.817757875314).epsilon(1e-11));
}

TEST_CASE("a causal walk ends at the first token and needs its diagonal alone") {
  const Matrix weights = square({1, 0, 0, .5, .5, 0, .2, .2, .6});
  const WalkNumbers found = numbers_of(weights, causal);
  CHECK(found.gap == Approx(.4));
  CHECK(found.kemeny == Approx(2 + 2.5));
  CHECK(found.entropy_rate == 0);
  CHECK(found.mixing == 5);  // token 2 stays out of 0 for 3 (.6)^t - 2 (.5)^t
  CHECK(stationary(random_walk(weights, causal)) == Vector(vector_of({1, 0, 0})));
  const WalkRules informs{Direction::informs, Causality::causal, 1};
  CHECK(stationary(random_walk(weights, informs)) == Vector(vector_of({0, 0, 1})));
}

TEST_CASE("an eigenvalue that a float64 does not tell from 1 leaves kemeny empty") {
  const WalkNumbers numbers = numbers_of(square({1, 1e-20, 1e-20, 1}));
  CHECK(numbers.gap < 1e-15);
  CHECK(std::isnan(numbers.kemeny));
}

TEST_CASE("what leaves a token counts where its weight on itself rounds to 1") {
  const Matrix weights = square({1, 0, 1e-20, 1});
  CHECK(numbers_of(weights, causal).gap == Approx(1e-20).epsilon(1e-12));
  CHECK(numbers_of(weights, causal).kemeny == Approx(1e20).epsilon(1e-12));
  CHECK(std::isnan(numbers_of(weights, causal).mixing));
}

TEST_CASE("a row of zeros leads anywhere, in causal attention to what the token sees") {
  const Matrix weights = square({1, 0, 0, 0, 0, 0, .5, .25, .25});
  CHECK(random_walk(weights, {}).steps.row(1).isApproxToConstant(1. / 3));
  CHECK(random_walk(weights, causal).steps.row(1) == Eigen::RowVector3d(.5, .5, 0));
  const Matrix last = square({0, 0, 0, 0, 1, 0, 0, .5, .5});
  const WalkRules informs{Direction::informs, Causality::causal, 1};
  CHECK(random_walk(last, informs).steps.row(0).isApproxToConstant(1. / 3));
}

TEST_CASE("a walk with several ends has no numbers but its gap, unless it jumps") {
  const Matrix apart = square({.5, .5, 0, 0, .5, .5, 0, 0, 0, 0, .5, .5, 0, 0, .5, .5});
  const WalkNumbers found = numbers_of(apart);
  CHECK(found.gap == 0);
  for (const double number : {found.mixing, found.kemeny, found.entropy_rate}) {
    CHECK(std::isnan(number));
  }
  CHECK_FALSE(random_walk(apart, {}).has_one_end());
  CHECK(numbers_of(apart, {.damping = .9}).gap == Approx(.1));
  CHECK(numbers_of(apart, {.damping = .9}).kemeny == Approx(10 + 2));
  CHECK(numbers_of(Matrix::Identity(3, 3)).gap == 0);
  CHECK(numbers_of(square({1, 0, 0, 1}), causal).gap == 0);
}

TEST_CASE("a walk with a period never mixes, and still has a Kemeny constant") {
  const WalkNumbers swap = numbers_of(square({0, 1, 1, 0}));
  CHECK(swap.gap == 0);
  CHECK(std::isnan(swap.mixing));
  CHECK(swap.kemeny == Approx(.5));
  const Matrix ring = square({0, 1, 0, 0, 0, 1, 1, 0, 0});
  const Walk walk = random_walk(ring, {});
  CHECK(period(walk, walk.classes.front()) == 3);
  CHECK(numbers_of(ring).gap == 0);
  CHECK(numbers_of(ring).kemeny == Approx(1));
}

TEST_CASE("a tie at a quarter has mixed") {
  CHECK(numbers_of(square({.75, .25, .25, .75})).mixing == 1);
  CHECK(numbers_of(square({.875, .125, .125, .875})).mixing ==
        3);  // (3/4)^3 / 2 < 1/4 < (3/4)^2 / 2
}

TEST_CASE("a mixing time beyond a million is none") {
  const auto slow = [](double leaves) {
    return numbers_of(square({1 - leaves, leaves, leaves, 1 - leaves})).mixing;
  };
  // TV = (1 - 2 leaves)^t / 2
  CHECK(slow(1e-3) == std::ceil(std::log(.5) / std::log1p(-2e-3)));
  CHECK(slow(4e-7) == std::ceil(std::log(.5) / std::log1p(-8e-7)));
  CHECK(std::isnan(slow(3e-7)));
}

TEST_CASE("one token has nowhere to go, two alike mix at once") {
  const WalkNumbers one = numbers_of(Matrix::Ones(1, 1));
  for (const double number : {one.gap, one.mixing, one.kemeny, one.entropy_rate}) {
    CHECK(number == 0);
  }
  const WalkNumbers alone = triangular_walk_numbers(Vector::Ones(1), .85);
  for (const double number : {alone.gap, alone.mixing, alone.kemeny, alone.entropy_rate}) {
    CHECK(number == 0);
  }
  const WalkNumbers zero = numbers_of(Matrix::Zero(1, 1));
  CHECK(zero.gap == 0);
  const WalkNumbers two = numbers_of(Matrix::Zero(2, 2));
  CHECK(two.gap == Approx(1));
  CHECK(two.mixing == 1);
  CHECK(two.kemeny == Approx(1));
  CHECK(two.entropy_rate == Approx(std::log(2)));
}

TEST_CASE("without any step that follows an edge every walk is the same") {
  const WalkNumbers found = numbers_of(deck_matrix(), {.damping = 0});
  CHECK(found.gap == 1);
  CHECK(found.mixing == 1);
  CHECK(found.kemeny == Approx(2));
}

TEST_CASE("the stationary distribution is exact in entries that are next to nothing") {
  // Two pairs joined by steps of 1e-14 and 1e-18: balance says what each has.
  Matrix weights = square({.5, .5, 0, 0, .5, .5, 1e-14, 0, 0, 1e-18, .5, .5, 0, 0, .5, .5});
  const Vector found = stationary(random_walk(weights, {}));
  CHECK(found[2] / found[1] == Approx(1e4).epsilon(1e-12));
  CHECK(found.sum() == Approx(1));
}

TEST_CASE("the stationary distribution is a fixed point, and permuting tokens permutes it") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 60; ++round) {
    const Index n = 1 + round % 30;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    const Walk walk = random_walk(weights, {.damping = round % 3 == 0 ? .9 : 1});
    CAPTURE(round);
    if (!walk.has_one_end()) continue;
    const Vector found = stationary(walk);
    CHECK((damped_steps(walk).transpose() * found - found).lpNorm<1>() < 1e-13);
    const Matrix turned = weights.reverse();
    const Walk other = random_walk(turned, {.damping = walk.damping});
    CHECK(agree(stationary(other).reverse(), found, 1e-9, 1e-12));
    const WalkNumbers a = walk_numbers(walk, found), b = walk_numbers(other, stationary(other));
    CHECK(a.kemeny == Approx(b.kemeny).epsilon(1e-8));
    if (n > 1) {
      const Matrix system =
          Matrix::Identity(n, n) - damped_steps(walk) + Vector::Ones(n) * found.transpose();
      CHECK(a.kemeny == Approx(Matrix(system.inverse()).trace() - 1).epsilon(1e-8));
    }
  }
}

TEST_CASE("centrality by the stationary distribution is that of the walk") {
  for (const Direction direction : {Direction::attends, Direction::informs}) {
    const Walk walk = random_walk(deck_matrix(), {.direction = direction});
    CHECK(agree(stationary(Graph(deck_matrix(), {direction})), stationary(walk), 1e-12));
    EdgeArrays edges = edge_arrays(deck_matrix(), Direction::attends);
    CHECK(agree(stationary(Graph(edges, {direction})), stationary(walk), 1e-12));
  }
  CHECK(stationary(Graph(Matrix(Matrix::Identity(2, 2)))).array().isNaN().all());
}

TEST_CASE("large sparse graphs have a stationary distribution too") {
  EdgeArrays ring;
  ring.nodes = 3100;
  for (std::size_t v = 0; v < ring.nodes; ++v) {
    ring.add(v, (v + 1) % ring.nodes, 1);
    ring.add(v, (v * 7 + 3) % ring.nodes, 2);
  }
  const Vector found = stationary(Graph(ring));
  Vector next = Vector::Zero(found.size());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    next[ring.target[i]] += found[ring.source[i]] * ring.weight[i] / 3;
  }
  CHECK((next - found).lpNorm<1>() < 1e-12);
  EdgeArrays path;  // the last node leads nowhere, so anywhere
  path.nodes = 3100;
  for (std::size_t v = 0; v + 1 < path.nodes; ++v) {
    path.add(v, v + 1, 1);
    path.add(v, (v * 7 + 3) % path.nodes, 2);
  }
  const Vector ends = stationary(Graph(path));
  next.setConstant(ends[3099] / 3100);
  for (std::size_t i = 0; i < path.size(); ++i) {
    next[path.target[i]] += ends[path.source[i]] * path.weight[i] / 3;
  }
  CHECK((next - ends).lpNorm<1>() < 1e-12);
  CHECK(ends.sum() == Approx(1));
  EdgeArrays apart;
  apart.nodes = 3100;
  for (std::size_t v = 0; v < apart.nodes; ++v) apart.add(v, v, 1);
  CHECK(stationary(Graph(apart)).array().isNaN().all());
}

}  // namespace
}  // namespace attngraph
