#include "metrics/paths/path_metrics.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "metrics/path_oracle.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

constexpr Distance all_distances[] = {Distance::neglog, Distance::inverse, Distance::complement,
                                      Distance::weight};

void check_against(const Graph& graph, Distance distance, const PathMetrics& expected) {
  const PathMetrics own = path_metrics(graph, distance);
  CHECK(agree(own.betweenness, expected.betweenness, 1e-9));
  CHECK(agree(own.closeness, expected.closeness, 1e-9));
  CHECK(agree(own.harmonic, expected.harmonic, 1e-9));
  CHECK(agree(igraph_betweenness(graph, distance), expected.betweenness, 1e-9));
  CHECK(agree(igraph_closeness(graph, distance), expected.closeness, 1e-9));
  CHECK(agree(igraph_harmonic(graph, distance), expected.harmonic, 1e-9));
}

TEST_CASE("the deck's graph has the published betweenness for each distance") {
  CHECK(agree(path_metrics(Graph(deck_matrix()), Distance::weight).betweenness,
              vector_of({0, 0, .5}), 1e-12));
  CHECK(agree(path_metrics(Graph(deck_matrix()), Distance::inverse).betweenness,
              vector_of({0, .5, 0}), 1e-12));
  CHECK(agree(path_metrics(Graph(deck_matrix()), Distance::neglog).betweenness,
              vector_of({0, 0, 0}), 1e-12));
}

TEST_CASE("both engines agree with the definitions on attention of every kind") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 200; ++round) {
    const Index n = 1 + round % 24;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    const Direction direction = round % 2 ? Direction::informs : Direction::attends;
    CAPTURE(round);
    for (const Distance distance : all_distances) {
      CAPTURE(distance_name(distance));
      const Graph graph(weights, {direction});
      const PathMetrics expected = path_metrics_by_definition(graph.lengths(distance));
      check_against(graph, distance, expected);
      check_against(Graph(edge_arrays(weights, direction)), distance, expected);
    }
  }
}

TEST_CASE("the own kernel agrees with igraph on graphs of a few hundred nodes") {
  std::mt19937_64 random(3);
  for (const Kind kind : all_kinds) {
    const Matrix weights = random_attention(random, 150, kind);
    for (const Distance distance : all_distances) {
      CAPTURE(distance_name(distance));
      const Graph graph(weights);
      const PathMetrics own = path_metrics(graph, distance);
      CHECK(agree(own.betweenness, igraph_betweenness(graph, distance), 1e-9));
      CHECK(agree(own.closeness, igraph_closeness(graph, distance), 1e-9));
      CHECK(agree(own.harmonic, igraph_harmonic(graph, distance), 1e-9));
    }
  }
}

TEST_CASE("any number of threads gives the same bytes") {
  std::mt19937_64 random(4);
  const Matrix weights = random_attention(random, 90, Kind::sharp);
  const Graph graph(weights);
  const PathMetrics alone = path_metrics(graph, Distance::inverse);
  set_worker_threads(3);
  const PathMetrics together = path_metrics(graph, Distance::inverse);
  set_worker_threads(1);
  CHECK(alone.betweenness == together.betweenness);
  CHECK(alone.closeness == together.closeness);
  CHECK(alone.harmonic == together.harmonic);
}

TEST_CASE("progress counts the searches, and a stop asked for ends them") {
  const Graph graph(deck_matrix());
  std::size_t last = 0;
  path_metrics(graph, Distance::neglog, Betweenness::wanted,
               [&](std::size_t done, std::size_t total) {
                 CHECK(total == 3);
                 last = done;
               });
  CHECK(last == 3);
  request_stop(SIGTERM);
  CHECK_THROWS_AS(path_metrics(graph, Distance::neglog), Interrupted);
  request_stop(0);
}

TEST_CASE("two routes of the same length share the betweenness") {
  // 0 -> 1 -> 3 and 0 -> 2 -> 3, both of length 0.1 + 0.2, added in a different order.
  EdgeArrays edges;
  edges.nodes = 4;
  edges.add(0, 1, 0.1);
  edges.add(1, 3, 0.2);
  edges.add(0, 2, 0.2);
  edges.add(2, 3, 0.1);
  check_against(Graph(edges), Distance::weight,
                {vector_of({0, 1.0 / 12, 1.0 / 12, 0}),
                 vector_of({0, 1.0 / 3 * 10, 1.0 / 3 * 5, 9 / 0.6 / 3}),
                 vector_of({0, 10.0 / 3, 5.0 / 3, (1 / .3 + 1 / .2 + 1 / .1) / 3})});
}

TEST_CASE("edges side by side count as paths of their own, and hide no node behind them") {
  EdgeArrays edges;
  edges.nodes = 3;
  edges.add(0, 1, 0.5);
  edges.add(0, 1, 0.5);
  edges.add(1, 2, 0.25);
  check_against(Graph(edges), Distance::weight,
                {vector_of({0, 0.5, 0}), vector_of({0, 1.0, 2 / 1.0}),
                 vector_of({0, 1.0, (1 / 0.25 + 1 / 0.75) / 2})});
}

TEST_CASE("short paths do not tie because they are short") {
  EdgeArrays edges;
  edges.nodes = 4;
  edges.add(0, 1, 1e-8);
  edges.add(1, 3, 1.001e-8);
  edges.add(0, 2, 1e-8);
  edges.add(2, 3, 1.002e-8);
  const Graph graph(edges);
  const Distance distance = Distance::weight;
  CHECK(agree(path_metrics(graph, distance).betweenness, vector_of({0, 1.0 / 6, 0, 0}), 1e-12));
  CHECK(agree(igraph_betweenness(graph, distance), vector_of({0, 1.0 / 6, 0, 0}), 1e-12));
}

TEST_CASE("two ways that tie for far nodes alone tie for them whenever their edges were searched") {
  // A road of 60 nodes to s; from s to t 1 + 5e-8 at once, or 1 by u. From the far end of the road
  // both ways are 1e-10 of the whole apart or less, from the near end more.
  constexpr int road = 60, s = road, u = road + 1, t = road + 2;
  EdgeArrays edges;
  edges.nodes = road + 3;
  for (int node = 0; node < road; ++node) edges.add(node, node + 1, 25.0);
  edges.add(s, u, 0.5);
  edges.add(u, t, 0.5);
  edges.add(s, t, 1.0 + 5e-8);
  const Graph graph(edges);
  const Vector betweenness = path_metrics(graph, Distance::weight).betweenness;
  // Of the 61 nodes that reach t by u, the 41 that are 500 or farther away from s pass it half.
  CHECK(betweenness[u] * (t * (t - 1)) == doctest::Approx(20 + 41 * 0.5));
  CHECK(betweenness[s] * (t * (t - 1)) == doctest::Approx(60 * 2));
}

TEST_CASE("a weight of 1 counts as a length of 1e-8 and is reported") {
  Matrix weights(2, 2);
  weights << 0, 1, 1 + 0.9e-5, 0;
  for (const Distance distance : {Distance::neglog, Distance::complement}) {
    const Graph graph(weights);
    check_against(graph, distance,
                  {vector_of({0, 0}), vector_of({1e8, 1e8}), vector_of({1e8, 1e8})});
    CHECK(graph.lifted() == 2);
  }
}

TEST_CASE("a weight above 1 is refused where the distance cannot take it") {
  Matrix weights(2, 2);
  weights << 0, 1.01, 0.5, 2.0;
  const EdgeArrays edges = edge_arrays(weights, Direction::attends);
  CHECK_THROWS_WITH_AS(length_graph(edges, Distance::neglog),
                       "edge 0 -> 1: the weight is 1.01, at most 1 was expected by the distance "
                       "neglog",
                       InputError);
  CHECK_THROWS_AS(length_graph(edges, Distance::complement), InputError);
  CHECK(length_graph(edges, Distance::inverse).edges.weight[1] == 2.0);
  CHECK(length_graph(edges, Distance::weight).lifted == 0);
}

TEST_CASE("self-loops are no part of any path") {
  const EdgeArrays with = edge_arrays(deck_matrix(), Direction::attends);
  for (const Distance distance : all_distances) {
    const PathMetrics a = path_metrics(Graph(with), distance);
    const PathMetrics b = path_metrics(Graph(without_self_loops(with)), distance);
    CHECK(agree(a.betweenness, b.betweenness, 0));
    CHECK(agree(a.closeness, b.closeness, 0));
  }
}

TEST_CASE("one node, and nodes without edges, have all zeros") {
  for (const std::size_t n : {1u, 2u, 3u, 7u}) {
    EdgeArrays edges;
    edges.nodes = n;
    const Vector zeros = Vector::Zero(static_cast<Index>(n));
    check_against(Graph(edges), Distance::neglog, {zeros, zeros, zeros});
  }
}

TEST_CASE("tokens in another order have the same answers in that order") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 20; ++round) {
    const Index n = 3 + round;
    const Matrix weights = random_attention(random, n, all_kinds[round % 5]);
    Eigen::PermutationMatrix<Eigen::Dynamic> order(n);
    order.setIdentity();
    std::shuffle(order.indices().data(), order.indices().data() + n, random);
    const Matrix moved = order * weights * order.transpose();
    const PathMetrics a = path_metrics(Graph(weights), Distance::neglog);
    const PathMetrics b = path_metrics(Graph(moved), Distance::neglog);
    CHECK(agree(order * a.betweenness, b.betweenness, 1e-9));
    CHECK(agree(order * a.closeness, b.closeness, 1e-9));
  }
}

}  // namespace
}  // namespace attngraph
