#include "metrics/paths/dense_path_sums.hpp"

#include <doctest/doctest.h>

#include <array>
#include <initializer_list>
#include <random>

#include "metrics/paths/searched_path_sums.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

LengthGraph random_graph(std::mt19937_64& random, Index n, Kind kind, Distance distance) {
  const Matrix weights = random_attention(random, n, kind);
  return length_graph(edge_arrays(weights, Direction::attends), distance);
}

LengthGraph lengths(std::size_t nodes, std::initializer_list<std::array<double, 3>> edges) {
  LengthGraph graph;
  graph.edges.nodes = nodes;
  for (const auto& [from, to, length] : edges) {
    graph.edges.add(static_cast<std::size_t>(from), static_cast<std::size_t>(to), length);
  }
  return graph;
}

TEST_CASE("matrices and searches give the same sums, ties and several blocks of nodes included") {
  std::mt19937_64 random(11);
  for (const Index n : {2, 31, 64, 65, 150}) {
    for (const Kind kind : all_kinds) {
      for (const Distance distance : {Distance::neglog, Distance::inverse, Distance::weight}) {
        CAPTURE(n);
        CAPTURE(distance_name(distance));
        const LengthGraph graph = random_graph(random, n, kind, distance);
        const auto dense = dense_path_sums(*length_matrix(graph), Betweenness::wanted, {});
        if (!dense) continue;  // an edge of no length to speak of
        const PathSums searched = searched_path_sums(graph, Betweenness::wanted, {});
        CHECK(agree(dense->dependencies, searched.dependencies, 1e-9));
        CHECK(agree(dense->distances, searched.distances, 1e-12));
        CHECK(agree(dense->inverses, searched.inverses, 1e-12));
        CHECK(dense->reaching == searched.reaching);
      }
    }
  }
}

TEST_CASE("matrices leave alone what they cannot tell apart") {
  const auto sums = [](const LengthGraph& graph) {
    return dense_path_sums(*length_matrix(graph), Betweenness::wanted, {});
  };
  CHECK(sums(lengths(2, {{0, 1, 1.0}, {1, 0, 1.0}})));
  // Two edges side by side are two paths.
  CHECK(!length_matrix(lengths(2, {{0, 1, 1.0}, {0, 1, 1.0}})));
  // 1e5 and 1e5 + 1e-8 tie: the short edge would lead nowhere.
  CHECK(!sums(lengths(3, {{0, 1, 1e5}, {1, 2, 1e-8}})));
}

TEST_CASE("without betweenness there are distances, and no dependencies") {
  std::mt19937_64 random(12);
  const LengthMatrix graph =
      *length_matrix(random_graph(random, 40, Kind::dense, Distance::inverse));
  const auto all = dense_path_sums(graph, Betweenness::wanted, {});
  const auto distances = dense_path_sums(graph, Betweenness::left_out, {});
  REQUIRE((all && distances));
  CHECK(all->dependencies.sum() > 0);
  CHECK(distances->dependencies.isZero(0));
  CHECK(distances->distances == all->distances);
}

TEST_CASE("matrices suit dense graphs of a moderate size") {
  CHECK(suits_matrices(50, 50 * 49 / 2));
  CHECK(!suits_matrices(50, 1));
  CHECK(!suits_matrices(5000, 5000 * 5000));
}

}  // namespace
}  // namespace attngraph
