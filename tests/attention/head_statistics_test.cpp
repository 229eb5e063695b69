#include "attention/heads/head_statistics.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <numbers>
#include <random>
#include <span>

namespace attngraph {
namespace {

Matrix matrix(Index rows, Index columns, std::initializer_list<double> values) {
  return Eigen::Map<const Matrix>(values.begin(), rows, columns);
}

/// Rows that sum to 1; with `causal` zeros behind the query.
Matrix random_weights(unsigned seed, Index n, bool causal) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  Matrix weights(n, n);
  for (Index q = 0; q < n; ++q) {
    for (Index k = 0; k < n; ++k) weights(q, k) = causal && k > q ? 0 : uniform(random);
    weights.row(q) /= weights.row(q).sum();
  }
  return weights;
}

const HeadStatisticsOptions everything{};
const HeadStatisticsOptions causal{true, false, {}};

TEST_CASE("the deck's graph has the row entropies that are known for it") {
  const HeadStatistics head =
      head_statistics(matrix(3, 3, {.7, .2, .1, .3, .6, .1, .1, .2, .7}), everything);
  CHECK(head.entropy == doctest::Approx((.801818552543 * 2 + .897945724857) / 3).epsilon(1e-11));
  CHECK(head.entropy_normalized == doctest::Approx(head.entropy / std::log(3)));
  CHECK(head.support ==
        doctest::Approx((2 * std::exp(.801818552543) + std::exp(.897945724857)) / 3));
}

TEST_CASE("masses are read off by hand") {
  const HeadStatistics head =
      head_statistics(matrix(3, 3, {.5, .5, 0, .25, .5, .25, 0, 1, 0}), everything);
  CHECK(head.max_weight == doctest::Approx((.5 + .5 + 1) / 3));
  CHECK(head.distance == doctest::Approx((.5 + .5 + 1) / 3));
  CHECK(head.self == doctest::Approx((.5 + .5 + 0) / 3));
  CHECK(head.previous == doctest::Approx((.25 + 1) / 2));
  CHECK(head.next == doctest::Approx((.5 + .25) / 2));
  CHECK(head.first == doctest::Approx(.75 / 3));
  CHECK(head.backward == doctest::Approx((.25 + 1) / 3));
  CHECK(head.forward == doctest::Approx((.5 + .25) / 3));
  CHECK(head.sink_token == 1);
  CHECK(head.sink_mass == doctest::Approx(2.0 / 3));
}

TEST_CASE("one certain key has entropy zero and support one") {
  const HeadStatistics head = head_statistics(Matrix::Identity(4, 4), everything);
  CHECK(head.entropy == 0);
  CHECK(head.support == 1);
  CHECK(head.self == 1);
  CHECK(head.distance == 0);
}

TEST_CASE("rows of zeros count nowhere") {
  const HeadStatistics head = head_statistics(matrix(2, 2, {.5, .5, 0, 0}), {false, true, {0, 0}});
  CHECK(head.entropy == doctest::Approx(std::numbers::ln2));
  CHECK(head.support == doctest::Approx(2));
  CHECK(head.self == doctest::Approx(.5));
  CHECK(std::isnan(head.previous));
  CHECK(head.sink_mass == doctest::Approx(.5));
  CHECK(head.gini == 0);
}

TEST_CASE("a mean over no row is no number") {
  const HeadStatistics masked = head_statistics(Matrix::Zero(3, 3), {true, true, {0, 1, 2}});
  for (const double HeadStatistics::*mean :
       {&HeadStatistics::entropy, &HeadStatistics::entropy_normalized, &HeadStatistics::support,
        &HeadStatistics::max_weight, &HeadStatistics::distance, &HeadStatistics::self,
        &HeadStatistics::previous, &HeadStatistics::next, &HeadStatistics::first,
        &HeadStatistics::backward, &HeadStatistics::forward, &HeadStatistics::sink_mass,
        &HeadStatistics::duplicate, &HeadStatistics::induction, &HeadStatistics::gini,
        &HeadStatistics::distant}) {
    CHECK(std::isnan(masked.*mean));
  }
  const HeadStatistics single = head_statistics(Matrix::Ones(1, 1), causal);
  CHECK(single.entropy == 0);
  CHECK(std::isnan(single.entropy_normalized));
  CHECK(std::isnan(single.previous));
  CHECK(single.sink_mass == 1);
}

TEST_CASE("causal rows are normalised by the keys they see") {
  const Matrix uniform = matrix(3, 3, {1, 0, 0, .5, .5, 0, 1 / 3., 1 / 3., 1 / 3.});
  CHECK(head_statistics(uniform, causal).entropy_normalized == doctest::Approx(1));
  CHECK(head_statistics(uniform, everything).entropy_normalized < 0.7);
}

TEST_CASE("padding behind the last key that any query sees is none that rows see") {
  Matrix padded = Matrix::Zero(3, 8);
  padded.leftCols(4) << .25, .25, .25, .25, .1, .2, .3, .4, .5, .5, 0, 0;
  const HeadStatisticsOptions gini{false, true, {}};
  const HeadStatistics whole = head_statistics(Matrix(padded.leftCols(4)), gini);
  const HeadStatistics head = head_statistics(padded, gini);
  CHECK(head.entropy_normalized == doctest::Approx(whole.entropy_normalized));
  CHECK(head.gini == doctest::Approx(whole.gini));
  CHECK(whole.gini == doctest::Approx((0 + .25 + .5) / 3));
  // Another head may show that there are more keys.
  HeadStatisticsOptions of_file = gini;
  of_file.seen_keys = 6;
  const HeadStatistics even = head_statistics(matrix(1, 8, {.5, .5, 0, 0, 0, 0, 0, 0}), of_file);
  CHECK(even.entropy_normalized == doctest::Approx(std::log(2) / std::log(6)));
  CHECK(even.gini == doctest::Approx(4. / 6));
  // One key is a pure sink, not certainty among one.
  CHECK(head_statistics(matrix(2, 3, {1, 0, 0, 1, 0, 0}), gini).entropy_normalized == 0);
}

TEST_CASE("a sink must be seen by at least half of the queries") {
  const Matrix weights = matrix(4, 4, {1, 0, 0, 0, .6, .4, 0, 0, .1, .2, .7, 0, 0, .1, 0, .9});
  const HeadStatistics head = head_statistics(weights, causal);
  // Key 3 is seen by one query, which gives it .9; key 2 by two, which give it .35 on average.
  CHECK(head.sink_token == 0);
  CHECK(head.sink_mass == doctest::Approx(1.7 / 4));
}

TEST_CASE("of equal sinks the first is named") {
  const HeadStatistics head = head_statistics(Matrix::Constant(4, 4, .25), everything);
  CHECK(head.sink_token == 0);
}

TEST_CASE("in causal attention with fewer queries, these are the last positions") {
  const HeadStatistics head = head_statistics(matrix(2, 4, {0, .4, .6, 0, .1, 0, .2, .7}), causal);
  CHECK(head.self == doctest::Approx((.6 + .7) / 2));
  CHECK(head.previous == doctest::Approx((.4 + .2) / 2));
  CHECK(head.next == 0);
  CHECK(head.distance == doctest::Approx((.4 + .2 + .3) / 2));
}

TEST_CASE("duplicates and inductions follow the tokens") {
  // a b a b: query 2 (a) has its duplicate at 0 and looks behind it at 1, query 3 (b) at 1 and 2.
  const Matrix weights = matrix(4, 4, {1, 0, 0, 0, .5, .5, 0, 0, .2, .5, .3, 0, .1, .2, .6, .1});
  const std::vector<std::string> tokens{"a", "b", "a", "b"};
  const HeadStatistics head = head_statistics(weights, {true, false, token_classes(tokens)});
  CHECK(head.duplicate == doctest::Approx((.2 + .2) / 4));
  CHECK(head.induction == doctest::Approx((.5 + .6) / 4));
}

TEST_CASE("a token right behind its duplicate sees itself as induction") {
  const HeadStatistics head = head_statistics(matrix(2, 2, {1, 0, .3, .7}), {true, false, {0, 0}});
  CHECK(head.duplicate == doctest::Approx(.3 / 2));
  CHECK(head.induction == doctest::Approx(.7 / 2));
}

TEST_CASE("the Gini coefficient is over visible keys") {
  const HeadStatisticsOptions gini{false, true, {}};
  CHECK(head_statistics(Matrix::Constant(3, 3, 1 / 3.), gini).gini == doctest::Approx(0));
  CHECK(head_statistics(Matrix::Identity(4, 4), gini).gini == doctest::Approx(.75));
  CHECK(head_statistics(matrix(1, 4, {.1, .2, .3, .4}), gini).gini == doctest::Approx(.25));
  const Matrix triangle = matrix(2, 2, {1, 0, .5, .5});
  CHECK(head_statistics(triangle, {true, true, {}}).gini == doctest::Approx(0));
}

TEST_CASE("what is distant is neither among the first four keys nor within 64") {
  const Index n = 140;
  Matrix weights = Matrix::Zero(n, n);
  weights(139, 3) = .5;     // among the first
  weights(139, 4) = .125;   // far away
  weights(139, 75) = .25;   // 64 away
  weights(139, 76) = .125;  // near
  CHECK(head_statistics(weights, causal).distant == doctest::Approx(.375));
  weights(0, 0) = .5;
  weights(0, 64) = .25;
  weights(0, 63) = .25;
  CHECK(head_statistics(weights, everything).distant == doctest::Approx((.375 + .25) / 2));
  CHECK(head_statistics(Matrix::Ones(1, 1), causal).distant == 0);
  CHECK(std::isnan(head_statistics(Matrix::Zero(2, 2), causal).distant));
}

TEST_CASE("a row copies where it looks most at a token like the next one") {
  // a b a c a: query 1 (b) looks at a, which is next; query 2 looks at b, but c is next; query 3
  // gives two tokens the same, and the lower one is an a.
  const Matrix weights = matrix(
      5, 5, {1, 0, 0, 0, 0, .6, .4, 0, 0, 0, .2, .5, .3, 0, 0, .3, .1, .3, .3, 0, 0, 0, 0, 0, 1});
  HeadStatisticsOptions options{true, false, {0, 1, 0, 2, 0}};
  CHECK(head_statistics(weights, options).copy == doctest::Approx(2. / 4));
  options.copy = {{0, 0, 0, 1, 1}, {1, 1, 1, 0, 0}};
  CHECK(head_statistics(weights, options).copy == doctest::Approx(1. / 3));
  options.copy = {{0, 0, 0, 1, 1}, {0, 1, 1, 0, 0}};
  CHECK(head_statistics(weights, options).copy == 0);
  CHECK(std::isnan(head_statistics(Matrix::Ones(1, 1), {true, false, {0}}).copy));
  CHECK(std::isnan(head_statistics(weights, causal).copy));
}

TEST_CASE("rows may come in any order") {
  const Matrix weights = random_weights(3, 7, true);
  HeadTally tally(7, 7, {true, true, {0, 1, 0, 1, 2, 0, 1}});
  for (const std::size_t q : {3, 0, 6, 1, 5, 2, 4}) {
    tally.add_row(q, std::span(weights.row(static_cast<Index>(q)).data(), 7));
  }
  const HeadStatistics shuffled = tally.finish();
  const HeadStatistics whole = head_statistics(weights, {true, true, {0, 1, 0, 1, 2, 0, 1}});
  CHECK(shuffled.entropy == doctest::Approx(whole.entropy).epsilon(1e-14));
  CHECK(shuffled.induction == doctest::Approx(whole.induction).epsilon(1e-14));
  CHECK(shuffled.sink_token == whole.sink_token);
}

TEST_CASE("statistics stay within their bounds") {
  CHECK(rc::check("masses add up and entropies are bounded", [](unsigned seed, bool only_back) {
    const auto n = static_cast<Index>(1 + seed % 20);
    const HeadStatistics head =
        head_statistics(random_weights(seed, n, only_back), {only_back, true, {}});
    RC_ASSERT(std::abs(head.self + head.backward + head.forward - 1) < 1e-12);
    RC_ASSERT(head.entropy <= std::log(static_cast<double>(n)) + 1e-12);
    RC_ASSERT(n == 1 || head.entropy_normalized <= 1 + 1e-12);
    RC_ASSERT(head.support <= static_cast<double>(n) * (1 + 1e-12));
    RC_ASSERT(head.gini >= 0 && head.gini < 1);
    RC_ASSERT(!only_back || head.forward == 0);
  }));
}

}  // namespace
}  // namespace attngraph
