#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "metrics/topology/betti_numbers.hpp"
#include "metrics/topology/component_bars.hpp"
#include "metrics/topology/loop_bars.hpp"
#include "metrics/topology/spanning_tree.hpp"
#include "oracle/naive_forest.hpp"
#include "oracle/naive_homology.hpp"
#include "oracle/npy_file.hpp"
#include "random_attention.hpp"

namespace attngraph {
namespace {

Attention of(const Matrix& weights) {
  const auto rows = static_cast<std::size_t>(weights.rows());
  const auto columns = static_cast<std::size_t>(weights.cols());
  return Attention({Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()), {1, rows, columns})});
}

/// A head of a file of `data/`, as one layer of one head.
Attention head_of(const std::string& path, std::size_t layer, std::size_t head) {
  const Tensor all = oracle::npy_file(path);
  std::vector<Tensor> layers;
  for (std::size_t l = 0; l < all.shape().front(); ++l) layers.push_back(all.at(0, l));
  return Attention(std::move(layers)).selected({layer}, {head}, std::nullopt);
}
Attention cats() { return head_of("minilm/cats/attention.npy", 2, 5); }
Attention gpt() { return head_of("small/gpt/attention.npy", 1, 0); }

using Pairs = std::vector<std::pair<double, double>>;

Pairs pairs_of(const std::vector<PersistenceBar>& bars) {
  Pairs pairs;
  for (const PersistenceBar& bar : bars) pairs.emplace_back(bar.birth, bar.death);
  return pairs;
}

std::vector<double> lengths(const std::vector<PersistenceBar>& bars) {
  std::vector<double> all;
  for (const PersistenceBar& bar : bars) all.push_back(bar.length());
  return all;
}

Matrix distances(const Matrix& weights) {
  Matrix d = 1 - weights.cwiseMax(weights.transpose()).array();
  d.diagonal().setZero();
  return d;
}

/// Kruskal's forest, and distance 1 for what nothing joins.
std::vector<double> naive_lengths(const Matrix& weights) {
  const Matrix forest = oracle::maximum_spanning_forest(weights);
  std::vector<double> all;
  for (Index i = 0; i < forest.rows(); ++i) {
    for (Index j = i + 1; j < forest.cols(); ++j) {
      const double weight = std::max(forest(i, j), forest(j, i));
      if (weight > 0) all.push_back(1 - weight);
    }
  }
  all.resize(static_cast<std::size_t>(forest.rows() - 1), 1.0);
  std::erase_if(all, [](double length) { return !(length > 0); });
  std::sort(all.begin(), all.end());
  return all;
}

Matrix permuted(const Matrix& weights, std::mt19937_64& random) {
  std::vector<Index> order(static_cast<std::size_t>(weights.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::shuffle(order.begin(), order.end(), random);
  return weights(order, order);
}

struct Numbers {
  std::int64_t edges, b0, b1;
  bool operator==(const Numbers&) const = default;
};

[[maybe_unused]] std::ostream& operator<<(std::ostream& out, const Numbers& numbers) {
  return out << numbers.edges << " edges, b0 " << numbers.b0 << ", b1 " << numbers.b1;
}

std::vector<Numbers> betti(const Attention& attention, const std::vector<double>& thresholds) {
  std::vector<Numbers> all;
  for (const auto& [edges, b0, b1] : betti_numbers(attention, 0, 0, thresholds)) {
    all.push_back({edges, b0, b1});
  }
  return all;
}

/// tda4atd's rule: edges of weight >= threshold, those from a token to itself among them.
std::int64_t published_b1(const Matrix& weights, double threshold) {
  const Matrix both = weights.cwiseMax(weights.transpose());
  std::int64_t edges = 0;
  for (Index i = 0; i < both.rows(); ++i) {
    for (Index j = i; j < both.cols(); ++j) edges += both(i, j) >= threshold;
  }
  const double just_below = std::nextafter(threshold, 0.0);
  const auto parts = betti_numbers(of(weights), 0, 0, {&just_below, 1}).front().b0;
  return edges - weights.rows() + parts;
}

constexpr auto near = [](double value) { return doctest::Approx(value).epsilon(1e-10); };

}  // namespace

TEST_CASE("a spanning tree of a stream of edges is that of all of them") {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (const std::size_t nodes : {1, 2, 3, 7, 40}) {
    const auto n = static_cast<Index>(nodes);
    std::vector<std::int32_t> others(nodes);
    std::iota(others.begin(), others.end(), 0);
    for (int growing = 0; growing < 2; ++growing) {
      CAPTURE(nodes);
      Matrix weights(n, n);
      for (Index i = 0; i < weights.size(); ++i) weights.data()[i] = uniform(random);
      if (growing) std::sort(weights.data(), weights.data() + weights.size());
      SpanningTree tree(nodes);
      for (Index i = 0; i < n; ++i) {
        tree.add(static_cast<std::int32_t>(i), others, {weights.row(i).data(), nodes});
      }
      std::vector<double> found;
      for (const double weight : tree.weights()) found.push_back(1 - weight);
      CHECK(found == naive_lengths(weights));
    }
  }
}

TEST_CASE("H0 bars are a minimum spanning tree, whatever the head and the order of its tokens") {
  std::mt19937_64 random(2);
  for (const Kind kind : all_kinds) {
    for (const Index n : {1, 2, 3, 12, 33}) {
      CAPTURE(n);
      CAPTURE(static_cast<int>(kind));
      const Matrix weights = random_attention(random, n, kind);
      const auto found = lengths(component_bars(of(weights), 0, 0));
      CHECK(found == naive_lengths(weights));
      CHECK(found == lengths(component_bars(of(permuted(weights, random)), 0, 0)));
    }
  }
}

TEST_CASE("H1 bars are those of the whole complex, whatever the order of the tokens") {
  std::mt19937_64 random(3);
  std::size_t loops = 0;
  for (const Kind kind : all_kinds) {
    for (const Index n : {1, 2, 3, 4, 6, 9, 13}) {
      CAPTURE(n);
      CAPTURE(static_cast<int>(kind));
      const Matrix weights = random_attention(random, n, kind);
      const auto bars = loop_bars(of(weights), 0, 0);
      CHECK(pairs_of(bars) == oracle::rips_bars(distances(weights), 1));
      CHECK(pairs_of(bars) == pairs_of(loop_bars(of(permuted(weights, random)), 0, 0)));
      loops += bars.size();
    }
  }
  CHECK(loops > 20);
}

TEST_CASE("four tokens in a ring have a loop until a chord is let in") {
  Matrix ring(4, 4);
  ring << .1, .6, .3, 0, 0, .1, .6, .3, 0, 0, .4, .6, .6, .2, 0, .2;
  CHECK(pairs_of(component_bars(of(ring), 0, 0)) == Pairs{{0, 1 - .6}, {0, 1 - .6}, {0, 1 - .6}});
  CHECK(pairs_of(loop_bars(of(ring), 0, 0)) == Pairs{{1 - .6, 1 - .3}});
  CHECK(betti(of(ring), {.5, .2, .3}) == std::vector<Numbers>{{4, 1, 1}, {6, 1, 3}, {4, 1, 1}});
}

TEST_CASE("one token has no bars, and is one part") {
  const Matrix one = Matrix::Ones(1, 1);
  CHECK(component_bars(of(one), 0, 0).empty());
  CHECK(loop_bars(of(one), 0, 0).empty());
  CHECK(betti(of(one), {0}) == std::vector<Numbers>{{0, 1, 0}});
  CHECK(share_betti_numbers(of(one), 0, 0).edges == 0);
  const BarStatistics none = bar_statistics({});
  CHECK(none.count == 0);
  CHECK(none.sum + none.mean + none.sd + none.max + none.entropy == 0);
}

TEST_CASE("two tokens have one bar, and no loop") {
  const Matrix two = (Matrix(2, 2) << .75, .25, .5, .5).finished();
  CHECK(pairs_of(component_bars(of(two), 0, 0)) == Pairs{{0, .5}});
  CHECK(loop_bars(of(two), 0, 0).empty());
}

TEST_CASE("a row of zeros is at distance 1 unless somebody attends to it") {
  Matrix weights = Matrix::Zero(3, 3);
  weights.row(0) << .5, .5, 0;
  CHECK(pairs_of(component_bars(of(weights), 0, 0)) == Pairs{{0, .5}, {0, 1}});
  CHECK(pairs_of(component_bars(of(Matrix::Zero(3, 3)), 0, 0)) == Pairs{{0, 1}, {0, 1}});
  CHECK(loop_bars(of(Matrix::Zero(5, 5)), 0, 0).empty());
}

TEST_CASE("tokens at distance 0 and weights above 1 by rounding make no bar") {
  Matrix weights(3, 3);
  weights << 0, 1.0000001, 0, 0, .5, .5, 0, 1, 0;
  CHECK(component_bars(of(weights), 0, 0).empty());
  CHECK(betti(of(weights), {.5}) == std::vector<Numbers>{{2, 1, 0}});
}

TEST_CASE("weights above 1 between two tokens have no distance, and Betti numbers all the same") {
  const Matrix scores = (Matrix(2, 2) << 5, 3, 0, 0).finished();
  CHECK_THROWS_WITH_AS(
      component_bars(of(scores), 0, 0),
      "layer 0, head 0: a weight between two tokens is 3, and their distance would "
      "be 1 - that, below 0",
      InputError);
  CHECK(betti(of(scores), {2, 3}) == std::vector<Numbers>{{1, 1, 0}, {0, 2, 0}});
}

TEST_CASE("queries that a head has not are rows of zeros") {
  Matrix last(2, 4), all = Matrix::Zero(4, 4);
  last << .6, .3, .1, 0, 0, .6, .1, .3;
  all.bottomRows(2) = last;
  Attention some = of(last);
  some.set_sides(Sides::self, {});
  CHECK(lengths(component_bars(some, 0, 0)) == lengths(component_bars(of(all), 0, 0)));
  CHECK(pairs_of(loop_bars(some, 0, 0)) == pairs_of(loop_bars(of(all), 0, 0)));
  CHECK(betti(some, {.2}) == std::vector<Numbers>{{3, 1, 0}});
  CHECK(betti(of(all), {.2}) == std::vector<Numbers>{{3, 1, 0}});
  Attention later = of((Matrix(2, 4) << .1, .2, .1, .6, .6, .2, .1, .1).finished());
  later.set_sides(Sides::self, {});
  CHECK(share_betti_numbers(later, 0, 0).edges == 2);
}

TEST_CASE("a prompt stands together from the beginning") {
  const std::vector<std::int32_t> two_and_one{0, 0, 1}, one_and_two{0, 1, 2},
      one_of_three{0, 1, -1};
  const auto sum = [](const std::vector<std::int32_t>& part, std::size_t parts) {
    return bar_statistics(component_bars(of(deck_matrix()), 0, 0, part, parts)).sum;
  };
  CHECK(sum(two_and_one, 2) == near(.8));
  CHECK(sum(one_and_two, 3) == near(1.5));
  CHECK(sum(one_of_three, 2) == near(.7));
}

TEST_CASE("numbers about bars are those of the deck") {
  const auto bars = component_bars(of(deck_matrix()), 0, 0);
  const BarStatistics found = bar_statistics(bars);
  CHECK(found.sum == near(1.5));
  CHECK(found.mean == near(.75));
  CHECK(found.sd == near(.05));
  CHECK(found.max == near(.8));
  CHECK(found.entropy == near(.690923309314));
  CHECK(found.count == 2);
  CHECK(loop_bars(of(deck_matrix()), 0, 0).empty());
  CHECK(betti(of(deck_matrix()), {.5, .25, .1, .05}) ==
        std::vector<Numbers>{{0, 3, 0}, {1, 2, 0}, {2, 1, 0}, {3, 1, 1}});
}

TEST_CASE("numbers about bars are those of heads of trained models") {
  const BarStatistics of_cats = bar_statistics(component_bars(cats(), 0, 0));
  CHECK(of_cats.sum == near(7.47854599357));
  CHECK(of_cats.mean == near(.467409124598));
  CHECK(of_cats.sd == near(.197254392565));
  CHECK(of_cats.max == near(.732901871204));
  CHECK(of_cats.entropy == near(2.67416935841));
  CHECK(of_cats.count == 16);
  const BarStatistics of_gpt = bar_statistics(component_bars(gpt(), 0, 0));
  CHECK(of_gpt.sum == near(27.3486251831));
  CHECK(of_gpt.mean == near(.581885642194));
  CHECK(of_gpt.sd == near(.143275716966));
  CHECK(of_gpt.max == near(.804004773498));
  CHECK(of_gpt.entropy == near(3.81411408954));
  CHECK(of_gpt.count == 47);
}

TEST_CASE("loops and Betti numbers are those of heads of trained models") {
  const auto loops = loop_bars(cats(), 0, 0);
  REQUIRE(loops.size() == 3);
  CHECK(loops[0].birth == doctest::Approx(.766397521).epsilon(1e-9));
  CHECK(loops[0].death == doctest::Approx(.930428587).epsilon(1e-9));
  CHECK(loops[1].birth == doctest::Approx(.884050839).epsilon(1e-9));
  CHECK(loops[1].death == loops[0].death);
  CHECK(loops[2].birth == doctest::Approx(.916050158).epsilon(1e-9));
  CHECK(loops[2].death == doctest::Approx(.924896449).epsilon(1e-9));
  CHECK(loop_bars(gpt(), 0, 0).size() == 21);
  CHECK(betti(cats(), {.5, .25, .1, .05}) ==
        std::vector<Numbers>{{8, 9, 0}, {16, 1, 0}, {29, 1, 13}, {60, 1, 44}});
  CHECK(betti(gpt(), {.5, .25, .1, .05}) ==
        std::vector<Numbers>{{12, 36, 0}, {57, 4, 13}, {108, 1, 61}, {163, 1, 116}});
}

TEST_CASE("an edge counts where either direction has more than an equal share") {
  const BettiNumbers found = share_betti_numbers(gpt(), 0, 0);
  CHECK(Numbers{found.edges, found.b0, found.b1} == Numbers{169, 2, 123});
  // 53 edges, two of them of one pair.
  const BettiNumbers both = share_betti_numbers(cats(), 0, 0);
  CHECK(Numbers{both.edges, both.b0, both.b1} == Numbers{52, 1, 36});
  const BettiNumbers uniform = share_betti_numbers(of(Matrix::Constant(7, 7, 1.0 / 7)), 0, 0);
  CHECK(uniform.edges == 0);
  Matrix causal = Matrix::Zero(6, 6);
  for (Index q = 0; q < 6; ++q)
    causal.row(q).head(q + 1).setConstant(1 / static_cast<double>(q + 1));
  CHECK(share_betti_numbers(of(causal), 0, 0).edges == 0);
}

TEST_CASE("the published count of cycles holds self-loops and weights that are equal") {
  const Matrix weights = cats().head(0, 0);
  CHECK(betti(cats(), {.05}).front().b1 == 44);
  CHECK(published_b1(weights, .05) > 44);
  CHECK(betti(of(deck_matrix()), {.1}).front() == Numbers{2, 1, 0});
  CHECK(published_b1(deck_matrix(), .1) == 4);  // three self-loops, and the edge of .1
}

TEST_CASE("cycles of a graph are not bars of H1, where triangles fill them") {
  const Matrix uniform = Matrix::Constant(6, 6, 1.0 / 6);
  CHECK(betti(of(uniform), {.1}).front() == Numbers{15, 1, 10});
  CHECK(loop_bars(of(uniform), 0, 0).empty());
}

TEST_CASE("bars of float32 attention are not those of float32 distances") {
  const Attention attention = cats();
  const Matrix weights = attention.head(0, 0);
  double rounded = 0;
  for (const double length : naive_lengths(weights)) rounded += static_cast<float>(length);
  const double sum = bar_statistics(component_bars(attention, 0, 0)).sum;
  CHECK(sum != rounded);
  CHECK(std::abs(sum - rounded) < 1e-6);
}

}  // namespace attngraph
