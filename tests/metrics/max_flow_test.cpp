#include "metrics/flow/max_flow.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

AttentionGraph graph_of(const Matrix& weights) {
  return AttentionGraph(edge_arrays(weights, Direction::attends));
}

// Of all sets of nodes with the sink and without the source: the least capacity of the edges that
// enter one, and the smallest set (as bits) that has it. Minimum cuts are closed under
// intersection, so the smallest one is inside all others.
struct BestCut {
  double capacity = std::numeric_limits<double>::infinity();
  unsigned side = 0;
};

double capacity_into(const Matrix& weights, unsigned side) {
  double sum = 0;
  for (Index u = 0; u < weights.rows(); ++u) {
    for (Index v = 0; v < weights.cols(); ++v) {
      if (!(side >> u & 1) && (side >> v & 1)) sum += weights(u, v);
    }
  }
  return sum;
}

BestCut best_cut(const Matrix& weights, Index source, Index sink) {
  BestCut best;
  for (unsigned side = 0; side < 1u << weights.rows(); ++side) {
    if (!(side >> sink & 1) || (side >> source & 1)) continue;
    const double capacity = capacity_into(weights, side);
    const bool less = capacity < best.capacity * (1 - 1e-9);
    const bool same = !less && capacity <= best.capacity * (1 + 1e-9);
    if (less || (same && __builtin_popcount(side) < __builtin_popcount(best.side))) {
      best = {capacity, side};
    }
  }
  return best;
}

TEST_CASE("the deck's graph has the published flows between all pairs") {
  const AttentionGraph graph = graph_of(deck_matrix());
  const double expected[3][3] = {{0, .3, .2}, {.4, 0, .2}, {.3, .3, 0}};
  for (std::size_t s = 0; s < 3; ++s) {
    for (std::size_t t = 0; t < 3; ++t) {
      if (s != t) CHECK(max_flow(graph, s, t) == doctest::Approx(expected[s][t]).epsilon(1e-12));
    }
  }
}

TEST_CASE("flow equals the best of all cuts, and the cut is the one nearest the sink") {
  std::mt19937_64 random(21);
  for (int round = 0; round < 200; ++round) {
    const Index n = 2 + round % 8;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    const Index s = static_cast<Index>(random() % static_cast<unsigned>(n));
    const Index t = (s + 1 + static_cast<Index>(random() % static_cast<unsigned>(n - 1))) % n;
    CAPTURE(round);
    CAPTURE(weights);
    const AttentionGraph graph = graph_of(weights);
    const BestCut best = best_cut(weights, s, t);
    CHECK(max_flow(graph, s, t) == doctest::Approx(best.capacity).epsilon(1e-12));
    const MinimumCut cut = minimum_cut(graph, s, t);
    CHECK(cut.capacity == doctest::Approx(best.capacity).epsilon(1e-12));
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
      const bool leaves = !(best.side >> graph.edges().source[i] & 1);
      if (leaves && (best.side >> graph.edges().target[i] & 1)) expected.push_back(i);
    }
    CHECK(cut.edges == expected);
  }
}

TEST_CASE("edge flows stay within capacities, are conserved and add up to the flow") {
  std::mt19937_64 random(22);
  for (int round = 0; round < 60; ++round) {
    const Index n = 2 + round;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    const AttentionGraph graph = graph_of(weights);
    const EdgeFlows flows = edge_flows(graph, 0, static_cast<std::size_t>(n - 1));
    Vector net = Vector::Zero(n);
    bool within = true;
    for (std::size_t i = 0; i < flows.flow.size(); ++i) {
      within = within && flows.flow[i] >= 0 && flows.flow[i] <= graph.edges().weight[i];
      net[graph.edges().source[i]] += flows.flow[i];
      net[graph.edges().target[i]] -= flows.flow[i];
    }
    CAPTURE(round);
    CHECK(within);
    net[0] -= flows.value;
    net[n - 1] += flows.value;
    CHECK(net.lpNorm<Eigen::Infinity>() < 1e-12);
    CHECK(flows.value == doctest::Approx(max_flow(graph, 0, static_cast<std::size_t>(n - 1))));
  }
}

TEST_CASE("of two equal bottlenecks in a row the one nearest the sink is cut") {
  EdgeArrays edges;
  edges.nodes = 4;
  edges.add(0, 1, 0.3);
  edges.add(1, 2, 0.5);
  edges.add(2, 3, 0.1);
  edges.add(2, 3, 0.2);
  const MinimumCut cut = minimum_cut(AttentionGraph(edges), 0, 3);
  CHECK(cut.capacity == doctest::Approx(0.3));
  CHECK(cut.edges == std::vector<std::size_t>{2, 3});
}

TEST_CASE("nothing flows where no path leads") {
  const AttentionGraph graph = graph_of(Matrix::Identity(3, 3));
  CHECK(max_flow(graph, 0, 2) == 0.0);
  CHECK(minimum_cut(graph, 0, 2).edges.empty());
  EdgeArrays none;
  none.nodes = 2;
  CHECK(max_flow(AttentionGraph(none), 0, 1) == 0.0);
  CHECK(edge_flows(AttentionGraph(none), 0, 1).flow.empty());
}

TEST_CASE("a source that is the sink, and capacities that are none, are refused") {
  CHECK_THROWS_WITH_AS(max_flow(graph_of(deck_matrix()), 1, 1),
                       doctest::Contains("source and sink are both token 1"), ArgumentError);
  for (const double bad : {std::nan(""), -0.5, std::numeric_limits<double>::infinity()}) {
    EdgeArrays edges;
    edges.nodes = 2;
    edges.add(0, 1, bad);
    CHECK_THROWS_WITH_AS(max_flow(AttentionGraph(edges), 0, 1), doctest::Contains("edge 0 -> 1"),
                         InputError);
  }
}

}  // namespace
}  // namespace attngraph
