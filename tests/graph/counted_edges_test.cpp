#include "graph/counted_edges.hpp"

#include <doctest/doctest.h>

#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "graph/edge_choice.hpp"

namespace attngraph {
namespace {

using Pairs = std::vector<std::pair<int, int>>;

Pairs pairs_of(const EdgeArrays& edges) {
  Pairs pairs;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    pairs.emplace_back(edges.source[e], edges.target[e]);
  }
  return pairs;
}

Pairs counted(const Attention& attention, const RowCriteria& rule,
              Direction direction = Direction::attends) {
  return pairs_of(counted_edges(attention, 0, 0, rule, direction));
}

Attention of(std::vector<float> weights, std::size_t queries, std::size_t keys) {
  return Attention({Tensor::from(weights, {1, queries, keys})});
}

Attention five_keys() {
  return of({.1f, .3f, .1f, .3f, .2f, 0, 0,   1,   0,   0,   .2f, .2f, .2f,
             .2f, .2f, .5f, 0,   0,   0, .5f, .4f, .3f, .2f, .1f, 0},
            5, 5);
}

TEST_CASE("an edge has more than an equal share of what a query may see; uniform rows have none") {
  CHECK(counted(five_keys(), {.share = true}) ==
        Pairs{{0, 1}, {0, 3}, {1, 2}, {3, 0}, {3, 4}, {4, 0}, {4, 1}});
  CHECK(counted(of({0, 0, 0, 0}, 2, 2), {.share = true}).empty());
}

TEST_CASE("a causal query may see the keys up to itself") {
  // .3 is more than 1/4 and less than 1/3.
  const Attention causal =
      of({1, 0, 0, 0, .5f, .5f, 0, 0, .3f, .3f, .4f, 0, .3f, .2f, .2f, .3f}, 4, 4);
  CHECK(counted(causal, {.share = true}) == Pairs{{3, 0}});
}

TEST_CASE("keys that no query sees are not among those it may see") {
  // Padding: 1/3 of what is seen.
  const Attention padded =
      of({.4f, .3f, .3f, 0, .3f, .3f, .4f, 0, .3f, .4f, .3f, 0, 0, 0, 0, 0}, 4, 4);
  CHECK(counted(padded, {.share = true}) == Pairs{{1, 2}, {2, 1}});
}

TEST_CASE("what a head may see the other heads of the file tell: a pure sink has its edges") {
  std::vector<float> two{1, 0, 0, 1, 0, 0, 1, 0, 0};
  two.insert(two.end(), 9, 1 / 3.f);
  const Attention both({Tensor::from(two, {2, 3, 3})});
  CHECK(both.seen_keys() == 3);
  CHECK(counted(both, {.share = true}) == Pairs{{1, 0}, {2, 0}});
  CHECK(counted(both.selected({0}, {0}, std::nullopt), {.share = true}).size() == 2);
}

TEST_CASE("rules choose among all weights of a row before self-loops are dropped") {
  const Attention w = of({.7f, .2f, .1f, .3f, .6f, .1f, .1f, .2f, .7f}, 3, 3);
  CHECK(counted(w, {.top_k = 1}).empty());
  CHECK(counted(w, {.top_k = 2}) == Pairs{{0, 1}, {1, 0}, {2, 1}});
  CHECK(counted(w, {.threshold = .15}) == Pairs{{0, 1}, {1, 0}, {2, 1}});
  CHECK(counted(w, {}).size() == 6);
}

TEST_CASE("several rules intersect") {
  CHECK(counted(five_keys(), {.top_k = 1, .share = true}) == Pairs{{0, 1}, {1, 2}, {3, 0}, {4, 0}});
  CHECK(counted(five_keys(), {.threshold = .45, .share = true}) == Pairs{{1, 2}, {3, 0}, {3, 4}});
  // (1 - .5)^4 = .0625
  CHECK(counted(five_keys(), {.disparity = .07, .share = true}) == Pairs{{1, 2}, {3, 0}, {3, 4}});
}

TEST_CASE("the direction turns the same edges round") {
  CHECK(counted(five_keys(), {.top_k = 1, .share = true}, Direction::informs) ==
        Pairs{{1, 0}, {2, 1}, {0, 3}, {0, 4}});
}

TEST_CASE("queries and keys of two texts are different nodes, so none is a self-loop") {
  Attention cross = of({.7f, .3f, .3f, .7f}, 2, 2);
  cross.set_sides(Sides::cross, {});
  CHECK(counted(cross, {.share = true}) == Pairs{{0, 2}, {1, 3}});
}

TEST_CASE("edges that stand twice in a list are one with the sum of their weights") {
  const std::vector<EdgeList> lists{{0, 0, {3, {0, 0, 1, 2}, {1, 1, 0, 2}, {.2, .2, .3, .9}}}};
  const Attention attention = Attention::edges(lists, 3, {}, "e.csv");
  const EdgeArrays edges = counted_edges(attention, 0, 0, {.threshold = .3}, Direction::attends);
  CHECK(pairs_of(edges) == Pairs{{0, 1}});
  CHECK(edges.weight.front() == doctest::Approx(.4));
  CHECK(edges.nodes == 3);
}

TEST_CASE("a threshold is a number or a share") {
  RowCriteria rule;
  read_threshold(rule, "0.25", "--threshold");
  CHECK(rule.threshold == .25);
  CHECK(!rule.share);
  read_threshold(rule, "share", "--threshold");
  CHECK(!rule.threshold);
  CHECK(rule.share);
  for (const char* wrong : {"", "shares", "-0.1", "nan", "inf", "0.1x"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(read_threshold(rule, wrong, "--threshold"), ArgumentError);
  }
}

}  // namespace
}  // namespace attngraph
