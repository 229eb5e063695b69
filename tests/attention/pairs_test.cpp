#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "attention/attention.hpp"
#include "attention/pairs/pair_ranking.hpp"
#include "attention/pairs/pair_rows.hpp"

namespace attngraph {
namespace {

Attention of(const Matrix& weights) {
  const auto rows = static_cast<std::size_t>(weights.rows());
  const auto columns = static_cast<std::size_t>(weights.cols());
  return Attention({Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()), {1, rows, columns})});
}

const Matrix deck = (Matrix(3, 3) << .7, .2, .1, .3, .6, .1, .1, .2, .7).finished();

PairOptions every_pair(std::size_t tokens, Symmetrize symmetrize = Symmetrize::sum) {
  PairOptions options;
  options.symmetrize = symmetrize;
  options.places.resize(tokens);
  std::iota(options.places.begin(), options.places.end(), std::size_t{0});
  return options;
}

using Scores = std::map<std::pair<std::size_t, std::size_t>, double>;

Scores scores(const Attention& attention, Symmetrize symmetrize) {
  Scores found;
  PairScores(attention, 0, 0, symmetrize).visit([&](const std::vector<PairRow>& rows) {
    Scores some;
    for (const PairRow& row : rows) {
      for (std::size_t i = 0; i < row.scores.size(); ++i) {
        auto pair = std::pair(row.row, row.first + i);
        if (symmetrize != Symmetrize::none && pair.first > pair.second) {
          std::swap(pair.first, pair.second);
        }
        CHECK(some.emplace(pair, row.scores[i]).second);
      }
    }
    return [&found, some] {
      for (const auto& score : some) CHECK(found.insert(score).second);
    };
  });
  return found;
}

/// The same by the definition.
Scores naive(const Matrix& a, Symmetrize symmetrize) {
  Scores all;
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = symmetrize == Symmetrize::none ? 0 : i; j < a.cols(); ++j) {
      const double there = a(i, j), back = a(j, i);
      const double score = symmetrize == Symmetrize::sum   ? there + back
                           : symmetrize == Symmetrize::max ? std::max(there, back)
                           : symmetrize == Symmetrize::min ? std::min(there, back)
                                                           : there;
      all[{static_cast<std::size_t>(i), static_cast<std::size_t>(j)}] = score;
    }
  }
  return all;
}

Matrix random_weights(Index tokens, bool causal, unsigned seed) {
  std::mt19937 random(seed);
  Matrix weights(tokens, tokens);
  for (double& weight : weights.reshaped()) {
    weight = std::uniform_real_distribution<>(0, 1)(random);
    if (weight < .2) weight = 0;
  }
  if (causal) weights.triangularView<Eigen::StrictlyUpper>().setZero();
  return weights;
}

constexpr auto every_way = {Symmetrize::sum, Symmetrize::max, Symmetrize::min, Symmetrize::none};

}  // namespace

TEST_CASE("pairs of the example graph, corrected") {
  const auto pairs = best_pairs(of(deck), 0, 0, every_pair(3), 100);
  REQUIRE(pairs.size() == 3);
  CHECK(std::pair(pairs[0].a, pairs[0].b) == std::pair(0U, 1U));
  CHECK(pairs[0].score == doctest::Approx(-.2));
  CHECK(std::pair(pairs[1].a, pairs[1].b) == std::pair(1U, 2U));
  CHECK(pairs[1].score == doctest::Approx(-1. / 3));
  CHECK(std::pair(pairs[2].a, pairs[2].b) == std::pair(0U, 2U));
  CHECK(pairs[2].score == doctest::Approx(-.465));
}

TEST_CASE("every pair comes once, in causal heads too") {
  for (const bool causal : {false, true}) {
    for (const Index tokens : {1, 2, 9, 128, 300}) {
      const Matrix weights = random_weights(tokens, causal, 5);
      for (const Symmetrize way : every_way) {
        CHECK(scores(of(weights), way) == naive(weights, way));
      }
    }
  }
}

TEST_CASE("queries that the file has not are rows of zeros") {
  Matrix whole = random_weights(5, true, 6);
  whole.topRows(2).setZero();
  Attention last = of(whole.bottomRows(3));
  last.set_sides(Sides::self, {});
  for (const bool causal : {true, false}) {
    last.set_causal(causal);
    for (const Symmetrize way : {Symmetrize::sum, Symmetrize::max, Symmetrize::min}) {
      for (const auto& [pair, score] : scores(last, way)) {
        CHECK(score == naive(whole, way).at(pair));
      }
    }
  }
}

TEST_CASE("corrected scores of a token with all tokens sum to 0") {
  const Matrix weights = random_weights(8, false, 7);
  for (const Symmetrize way : every_way) {
    const PairSums sums = pair_sums(PairScores(of(weights), 0, 0, way));
    const Scores all = naive(weights, way);
    Vector rows = Vector::Zero(8);
    for (const auto& [pair, score] : all) {
      const auto [a, b] = pair;
      const double corrected = sums.corrected(score, a, b);
      rows[static_cast<Index>(a)] += corrected;
      if (way != Symmetrize::none && a != b) rows[static_cast<Index>(b)] += corrected;
    }
    CHECK(rows.cwiseAbs().maxCoeff() < 1e-11);
  }
}

namespace {

/// The best pairs by the definition: all of them, sorted.
std::vector<RankedPair> sorted_pairs(const Matrix& weights, Symmetrize way, std::size_t count) {
  const PairSums sums = pair_sums(PairScores(of(weights), 0, 0, way));
  std::vector<RankedPair> all;
  for (const auto& [pair, score] : naive(weights, way)) {
    const auto [a, b] = pair;
    if (a == b) continue;
    all.push_back({sums.corrected(score, a, b), static_cast<std::uint32_t>(a),
                   static_cast<std::uint32_t>(b), 0});
  }
  std::sort(all.begin(), all.end(), [](auto& one, auto& other) { return one.before(other); });
  all.resize(std::min(all.size(), count));
  return all;
}

}  // namespace

TEST_CASE("the best pairs are found also where those with much attention are not among them") {
  for (const bool causal : {false, true}) {
    Matrix weights = random_weights(300, causal, 8);
    for (const bool sinks : {false, true}) {
      // All attend to these, which the correction takes off.
      if (sinks) weights.leftCols(12) *= 50;
      for (const Symmetrize way : every_way) {
        for (const std::size_t count : {1, 7, 299, 5000}) {
          const auto found = best_pairs(of(weights), 0, 0, every_pair(300, way), count);
          const auto expected = sorted_pairs(weights, way, count);
          REQUIRE(found.size() == expected.size());
          bool same = true;
          for (std::size_t i = 0; i < found.size(); ++i) {
            same = same && found[i].score == expected[i].score && found[i].a == expected[i].a &&
                   found[i].b == expected[i].b;
          }
          CHECK(same);
        }
      }
    }
  }
}

TEST_CASE("a head of zeros is not corrected") {
  const auto pairs = best_pairs(of(Matrix::Zero(3, 3)), 0, 0, every_pair(3), 9);
  REQUIRE(pairs.size() == 3);
  CHECK(pairs[0].score == 0);
}

TEST_CASE("equal scores are in the order of their tokens, also where only the first are kept") {
  const auto all = best_pairs(of(Matrix::Constant(4, 4, .25)), 0, 0, every_pair(4), 100);
  const auto some = best_pairs(of(Matrix::Constant(4, 4, .25)), 0, 0, every_pair(4), 2);
  REQUIRE(all.size() == 6);
  REQUIRE(some.size() == 2);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    CHECK(std::pair(all[i].a, all[i].b) < std::pair(all[i + 1].a, all[i + 1].b));
  }
  CHECK(std::pair(some[1].a, some[1].b) == std::pair(all[1].a, all[1].b));
}

TEST_CASE("corrected scores that differ by rounding alone are equal") {
  PairSums sums;
  sums.rows = Vector{{1, 1 + 4e-16, 1 - 3e-16}};
  sums.columns = Vector{{.3, .3, .3}};
  sums.total = 3;
  sums.corrects = true;
  CHECK(sums.corrected(0, 0, 1) == sums.corrected(0, 1, 1));
  CHECK(sums.corrected(0, 0, 1) == sums.corrected(0, 2, 1));
  CHECK(sums.corrected(0, 0, 1) == doctest::Approx(-.1).epsilon(1e-12));
}

TEST_CASE("tokens near to each other are no pair, by their places in the file") {
  PairOptions options = every_pair(3);
  options.places = {1, 2, 6};
  options.min_separation = 4;
  const auto pairs = best_pairs(of(deck), 0, 0, options, 9);
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].b == 2);
  CHECK(pairs[1].b == 2);
}

TEST_CASE("directed pairs are a query and a key") {
  PairOptions options = every_pair(3, Symmetrize::none);
  options.corrected = false;
  const auto pairs = best_pairs(of(deck), 0, 0, options, 2);
  CHECK(std::pair(pairs[0].a, pairs[0].b) == std::pair(1U, 0U));
  CHECK(std::pair(pairs[1].a, pairs[1].b) == std::pair(0U, 1U));
}

TEST_CASE("the summary says how known pairs stand among the others") {
  PairOptions options = every_pair(3);
  options.known = {{1, 2}};
  const PairSummary found = pair_summary(of(deck), 0, 0, options, 3);
  CHECK(found.pairs == 3);
  CHECK(found.known == 1);
  CHECK(found.precision_l == doctest::Approx(1. / 3));
  CHECK(found.precision_l2 == 0);
  CHECK(found.precision_l5 == 0);
  CHECK(found.auc == .5);
  CHECK(found.reciprocal_rank == .5);
}

TEST_CASE("ties count half, and there is no AUC without both kinds") {
  const Attention uniform = of(Matrix::Constant(4, 4, .25));
  PairOptions options = every_pair(4);
  options.known = {{1, 2}, {2, 3}};
  CHECK(pair_summary(uniform, 0, 0, options, 4).auc == .5);
  CHECK(pair_summary(uniform, 0, 0, options, 4).reciprocal_rank == .25);
  options.known = std::vector<TokenPair>();
  CHECK(std::isnan(pair_summary(uniform, 0, 0, options, 4).auc));
  CHECK(std::isnan(pair_summary(uniform, 0, 0, options, 4).reciprocal_rank));
  CHECK(pair_summary(uniform, 0, 0, options, 4).precision_l == 0);
  options.known = {{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
  CHECK(std::isnan(pair_summary(uniform, 0, 0, options, 4).auc));
  CHECK(pair_summary(uniform, 0, 0, options, 4).reciprocal_rank == 1);
}

TEST_CASE("permuting tokens permutes the pairs") {
  const Matrix weights = random_weights(6, false, 8);
  Eigen::PermutationMatrix<Eigen::Dynamic> order(6);
  order.indices() << 3, 0, 5, 1, 4, 2;
  const Matrix permuted = order * weights * order.transpose();
  const auto pairs = best_pairs(of(weights), 0, 0, every_pair(6), 100);
  const auto moved = best_pairs(of(permuted), 0, 0, every_pair(6), 100);
  REQUIRE(pairs.size() == moved.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    CHECK(moved[i].score == doctest::Approx(pairs[i].score).epsilon(1e-12));
    const auto a = static_cast<std::uint32_t>(order.indices()[static_cast<Index>(pairs[i].a)]);
    const auto b = static_cast<std::uint32_t>(order.indices()[static_cast<Index>(pairs[i].b)]);
    CHECK(std::pair(moved[i].a, moved[i].b) == std::pair(std::min(a, b), std::max(a, b)));
  }
}

}  // namespace attngraph
