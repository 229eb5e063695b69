#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "metrics/random_attention.hpp"
#include "metrics/spectrum/few_modes.hpp"
#include "metrics/spectrum/laplacian.hpp"
#include "metrics/spectrum/layer_laplacian.hpp"
#include "metrics/spectrum/signal.hpp"
#include "metrics/spectrum/spectral_numbers.hpp"
#include "numeric/eigenvalues.hpp"

namespace attngraph {
namespace {

using doctest::Approx;

Laplacian normalized(const Matrix& weights, SelfLoops loops = SelfLoops::keep) {
  return normalized_laplacian(symmetrized(weights, loops));
}

Laplacian combinatorial(const Matrix& weights, SelfLoops loops = SelfLoops::keep) {
  return combinatorial_laplacian(symmetrized(weights, loops));
}

Laplacian directed(const Matrix& weights, const WalkRules& rules = {}) {
  const Walk walk = random_walk(weights, rules);
  return directed_laplacian(walk, stationary(walk));
}

LaplacianNumbers numbers_of(const Laplacian& laplacian) {
  return laplacian_numbers(eigenvalues(laplacian));
}

/// Three pairs of tokens, each of whose weights is .5.
Matrix pairs() {
  Matrix weights = Matrix::Zero(6, 6);
  for (Index i = 0; i < 6; i += 2) weights.block(i, i, 2, 2).setConstant(.5);
  return weights;
}

Attention attention_of(const Matrix& weights) {
  const auto n = static_cast<std::size_t>(weights.rows());
  return Attention({Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()), {1, n, n})});
}

TEST_CASE("the deck's graph has its golden Laplacians") {
  const LaplacianNumbers kept = numbers_of(normalized(deck_matrix()));
  CHECK(kept.fiedler == Approx(.375095359718).epsilon(1e-11));
  CHECK(kept.largest == Approx(.621395868352).epsilon(1e-11));
  CHECK(kept.ratio == Approx(.603633494882).epsilon(1e-11));
  CHECK(kept.entropy == Approx(.60283537545).epsilon(1e-10));
  CHECK(kept.high == Approx(1));
  const LaplacianNumbers dropped = numbers_of(normalized(deck_matrix(), SelfLoops::drop));
  CHECK(dropped.fiedler == Approx(1.3110177635).epsilon(1e-10));
  CHECK(dropped.largest == Approx(1.6889822365).epsilon(1e-10));
  for (const SelfLoops loops : {SelfLoops::keep, SelfLoops::drop}) {
    const LaplacianNumbers found = numbers_of(combinatorial(deck_matrix(), loops));
    CHECK(found.fiedler == Approx(.367712434447).epsilon(1e-11));
    CHECK(found.largest == Approx(.632287565553).epsilon(1e-11));
  }
  CHECK(numbers_of(directed(deck_matrix())).fiedler == Approx(.390455488499).epsilon(1e-11));
  CHECK(numbers_of(directed(deck_matrix())).largest == Approx(.609544511501).epsilon(1e-11));
  const LaplacianNumbers jumps = numbers_of(directed(deck_matrix(), {.damping = .99}));
  CHECK(jumps.fiedler == Approx(.396431693263).epsilon(1e-11));
  CHECK(jumps.largest == Approx(.613568306737).epsilon(1e-11));
  const LaplacianNumbers back = numbers_of(directed(deck_matrix(), {Direction::informs}));
  CHECK(back.fiedler == Approx(.363042489446).epsilon(1e-11));
  CHECK(back.largest == Approx(.622816096412).epsilon(1e-11));
}

TEST_CASE("the deck's graph has its golden singular values and logarithm") {
  const SingularNumbers found = singular_numbers(singular_values(deck_matrix()));
  CHECK(found.sigma == Approx(1.0052929528).epsilon(1e-10));
  CHECK(found.effective_rank == Approx(2.79101929252).epsilon(1e-11));
  CHECK(found.stable_rank == Approx(1.52382622888).epsilon(1e-11));
  CHECK(log_self(deck_matrix()) == Approx(-.408058503881).epsilon(1e-11));
}

TEST_CASE("every part of the graph has the eigenvalue 0, exactly") {
  const Vector values = eigenvalues(normalized(pairs()));
  CHECK(values.head(3).isZero(0));
  CHECK((values.tail(3) - Vector::Ones(3)).norm() < 1e-14);
  CHECK(numbers_of(normalized(pairs())).fiedler == 0);
  CHECK(connected_parts(pairs()) == 3);
}

TEST_CASE("a token without weights is a part of its own, not a mode of value 1") {
  Matrix weights = Matrix::Zero(4, 4);
  weights.topLeftCorner(3, 3) = deck_matrix();
  const Vector values = eigenvalues(normalized(weights));
  CHECK(values.head(2).isZero(0));
  CHECK((values.tail(2) - eigenvalues(normalized(deck_matrix())).tail(2)).norm() < 1e-14);
  CHECK(eigenvalues(normalized(Matrix::Zero(3, 3))).isZero(0));
  // One that has itself alone is one too.
  CHECK(eigenvalues(normalized(Matrix::Identity(2, 2))).isZero(0));
}

TEST_CASE("where all eigenvalues are 0, and of one token, every number is") {
  for (const Laplacian& laplacian :
       {normalized(Matrix::Ones(1, 1)), normalized(Matrix::Zero(1, 1)),
        combinatorial(Matrix::Ones(1, 1)), normalized(Matrix::Zero(3, 3)),
        directed(Matrix::Ones(1, 1))}) {
    const LaplacianNumbers found = numbers_of(laplacian);
    for (const double number :
         {found.fiedler, found.largest, found.ratio, found.entropy, found.high}) {
      CHECK(number == 0);
    }
  }
  const SingularNumbers one = singular_numbers(singular_values(Matrix::Ones(1, 1)));
  CHECK(one.effective_rank == 1);
  CHECK(one.stable_rank == 1);
  const SingularNumbers none = singular_numbers(singular_values(Matrix::Zero(2, 2)));
  CHECK(none.sigma == 0);
  CHECK(none.effective_rank == 0);
  CHECK(none.stable_rank == 0);
}

TEST_CASE("two tokens have one eigenvalue beside 0") {
  const Matrix weights = Matrix::Constant(2, 2, .5);
  const LaplacianNumbers found = numbers_of(normalized(weights));
  CHECK(found.fiedler == Approx(1));
  CHECK(found.ratio == Approx(1));
  CHECK(found.entropy == 0);
  CHECK(found.high == Approx(1));
}

TEST_CASE("permuting tokens changes no number") {
  std::mt19937_64 random(6);
  for (int round = 0; round < 40; ++round) {
    const Matrix weights = random_attention(random, 1 + round % 20, all_kinds[round % 5]);
    const Matrix turned = weights.reverse();
    CAPTURE(round);
    for (const SelfLoops loops : {SelfLoops::keep, SelfLoops::drop}) {
      const Vector a = eigenvalues(normalized(weights, loops)),
                   b = eigenvalues(normalized(turned, loops));
      CHECK(agree(a, b, 1e-9, 1e-2));
    }
    CHECK(agree(singular_values(weights), singular_values(turned), 1e-9, 1e-2));
    const double one = log_self(weights), other = log_self(turned);
    CHECK((std::isnan(one) ? std::isnan(other) : one == Approx(other)));
  }
}

TEST_CASE(
    "the logarithm leaves rows of zeros out, and is none where a token gives itself nothing") {
  Matrix weights(3, 3);
  weights << .5, .5, 0, 0, 0, 0, .5, .25, .25;
  CHECK(log_self(weights) == Approx((std::log(.5) + std::log(.25)) / 2));
  weights(1, 0) = 1;
  CHECK(std::isnan(log_self(weights)));
  CHECK(std::isnan(log_self(Matrix::Zero(2, 2))));
  CHECK(log_self(Matrix::Constant(1, 1, .25)) == Approx(std::log(.25)));
}

TEST_CASE("a signal on three pairs has its golden numbers, whatever basis a solver finds") {
  Matrix signal(6, 1);
  signal << 1, 2, 3, 5, 8, 13;
  const SignalNumbers found = signal_numbers(normalized(pairs()), signal, .1);
  CHECK(found.energy == Approx(15));
  CHECK(found.smoothness == Approx(.0551470588235).epsilon(1e-11));
  CHECK(found.entropy == Approx(1.3120124916).epsilon(1e-10));
  CHECK(found.high == Approx(.0183823529412).epsilon(1e-11));
  const Matrix turned = signal.reverse();
  CHECK(signal_numbers(normalized(pairs()), turned, .1).entropy == Approx(found.entropy));
}

TEST_CASE("a signal of nothing has no energy and nothing else") {
  const SignalNumbers found = signal_numbers(normalized(deck_matrix()), Matrix::Zero(3, 2), .1);
  CHECK(found.energy == 0);
  for (const double number : {found.smoothness, found.entropy, found.high}) {
    CHECK(std::isnan(number));
  }
  const SignalNumbers flat = signal_numbers(combinatorial(deck_matrix()), Matrix::Ones(3, 1), 1);
  CHECK(flat.smoothness == Approx(0));
  CHECK(flat.high == Approx(1));
  CHECK(signal_numbers(normalized(deck_matrix()), Matrix::Ones(3, 1), 0).high == 0);
}

TEST_CASE("all modes of a signal count, not the first fifty") {
  // The peer's way: fifty modes of sixty, and shares of what those hold.
  std::mt19937_64 random(7);
  const Matrix weights = random_attention(random, 60, Kind::dense);
  const Matrix signal = random_attention(random, 60, Kind::sharp).leftCols(4);
  const Laplacian laplacian = normalized(weights);
  const SignalNumbers found = signal_numbers(laplacian, signal, .1);
  const Eigensystem system = symmetric_eigensystem(laplacian.matrix);
  const Vector energies = (system.modes * signal).rowwise().squaredNorm();
  CHECK(found.high == Approx(energies.tail(6).sum() / signal.squaredNorm()).epsilon(1e-9));
  const double truncated = energies.segment(45, 5).sum() / energies.head(50).sum();
  CHECK(std::abs(found.high - truncated) > .01);
}

TEST_CASE("the Laplacian across layers is its definition") {
  // Layer 0: rows (1), (.4 .6); layer 1: rows (1), (.3 .7).
  const Attention stack({Tensor::from(std::vector<double>{1, 0, .4, .6}, {1, 2, 2}),
                         Tensor::from(std::vector<double>{1, 0, .3, .7}, {1, 2, 2}),
                         Tensor::from(std::vector<double>{1, 0, .2, .8}, {1, 2, 2})});
  // First layer, token 0: (1 + .4 + 1) / 3 - 1; token 1: (.6 + .7) / 2 - .6
  CHECK(agree(layer_laplacian(stack, 0, 0), vector_of({-.2, .05}), 1e-14));
  // Inner layer: (.3 + 1) / 2 and .8 / 1
  CHECK(agree(layer_laplacian(stack, 1, 0), vector_of({.65, .8}), 1e-14));
  // Last layer: .2 / 1 and 0
  CHECK(agree(layer_laplacian(stack, 2, 0), vector_of({.2, 0}), 1e-14));
}

TEST_CASE("a few modes from blocks of rows are the ends of all of them") {
  std::mt19937_64 random(8);
  for (int round = 0; round < 30; ++round) {
    Matrix weights = random_attention(random, 12 + round, all_kinds[round % 5]);
    if (round % 6 == 5) {  // several parts, two of them alike
      weights = Matrix::Zero(14, 14);
      for (const Index i : {0, 3, 6}) weights.block(i, i, 3, 3) = deck_matrix();
      weights.block(9, 9, 3, 3).setConstant(1. / 3);
    }
    const Attention attention = attention_of(weights);
    const StreamedHead head(attention, 0, 0);
    const StreamedHead::Facts facts = head.facts();
    CAPTURE(round);
    for (const SelfLoops loops : {SelfLoops::keep, SelfLoops::drop}) {
      const StreamedLaplacian one(head, facts, LaplacianScale::normalized, loops);
      const Vector all = eigenvalues(normalized(weights, loops));
      CHECK((one.smallest(5) - all.head(5)).cwiseAbs().maxCoeff() < 1e-8);
      CHECK((one.largest(5) - all.tail(5)).cwiseAbs().maxCoeff() < 1e-8);
      const StreamedLaplacian other(head, facts, LaplacianScale::combinatorial, loops);
      const Vector others = eigenvalues(combinatorial(weights, loops));
      CHECK((other.smallest(5) - others.head(5)).cwiseAbs().maxCoeff() <
            1e-8 * (1 + others.maxCoeff()));
      CHECK((other.largest(5) - others.tail(5)).cwiseAbs().maxCoeff() <
            1e-8 * (1 + others.maxCoeff()));
    }
    CHECK(largest_singular_value(head) == Approx(singular_values(weights)[0]).epsilon(1e-9));
    CHECK(facts.squares == Approx(weights.squaredNorm()));
    const double streamed = log_self(facts), whole = log_self(weights);
    CHECK((std::isnan(whole) ? std::isnan(streamed) : streamed == Approx(whole)));
  }
}

TEST_CASE("edges that stand twice add up in few modes too") {
  const EdgeArrays twice{3, {0, 0, 0, 1, 2, 2}, {1, 1, 0, 2, 0, 2}, {.25, .25, .5, 1, .5, .5}};
  const std::vector<EdgeList> lists{{0, 0, twice}};
  const Attention attention = Attention::edges(lists, 3, {}, "edges.csv");
  const StreamedHead::Facts facts = StreamedHead(attention, 0, 0).facts();
  CHECK(facts.squares == Approx(attention.head(0, 0).squaredNorm()));
  const StreamedHead head(attention, 0, 0);
  const StreamedLaplacian laplacian(head, facts, LaplacianScale::normalized, SelfLoops::keep);
  CHECK(agree(laplacian.largest(1), eigenvalues(normalized(attention.head(0, 0))).tail(1), 1e-10));
}

TEST_CASE("a causal walk from blocks of rows is that of the matrix") {
  std::mt19937_64 random(9);
  Matrix weights = random_attention(random, 20, Kind::causal);
  weights.row(7).setZero();
  for (const Direction direction : {Direction::attends, Direction::informs}) {
    for (const double damping : {1.0, .9}) {
      const WalkRules rules{direction, Causality::causal, damping};
      const Walk walk = random_walk(weights, rules);
      const WalkNumbers whole = walk_numbers(walk, stationary(walk));
      const Attention attention = attention_of(weights);
      const WalkNumbers streamed =
          causal_walk_numbers(StreamedHead(attention, 0, 0).facts(), rules);
      CHECK(streamed.gap == Approx(whole.gap).epsilon(1e-12));
      CHECK(streamed.kemeny == Approx(whole.kemeny).epsilon(1e-12));
      CHECK(std::isnan(streamed.mixing));
      CHECK((damping < 1 ? std::isnan(streamed.entropy_rate) : streamed.entropy_rate == 0));
    }
  }
}

}  // namespace
}  // namespace attngraph
