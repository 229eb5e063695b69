#include "metrics/walks/degrees.hpp"

#include <doctest/doctest.h>

#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

TEST_CASE("degrees count edges, strengths sum their weights") {
  const Graph edges(edge_arrays(deck_matrix(), Direction::attends));
  CHECK(agree(degrees(edges).in, vector_of({3, 3, 3}), 0));
  CHECK(agree(degrees(edges).out, vector_of({3, 3, 3}), 0));
  CHECK(agree(degrees(edges).in_strength, vector_of({1.1, 1.0, 0.9}), 1e-15));
  CHECK(agree(degrees(edges).out_strength, vector_of({1, 1, 1}), 1e-15));
}

TEST_CASE("a matrix is counted without edges, to the same bits") {
  std::mt19937_64 random(6);
  for (int round = 0; round < 60; ++round) {
    const Matrix weights = random_attention(random, 1 + round % 20, all_kinds[round % 5]);
    const Direction direction = round % 2 ? Direction::informs : Direction::attends;
    const SelfLoops loops = round % 3 ? SelfLoops::keep : SelfLoops::drop;
    const Graph matrix(weights, {direction, loops});
    const Graph edges(edge_arrays(weights, Direction::attends), {direction, loops});
    REQUIRE((matrix.dense() && !edges.dense()));
    CHECK(degrees(matrix).in == degrees(edges).in);
    CHECK(degrees(matrix).out == degrees(edges).out);
    CHECK(degrees(matrix).in_strength == degrees(edges).in_strength);
    CHECK(degrees(matrix).out_strength == degrees(edges).out_strength);
  }
}

TEST_CASE("a zero weight is no edge") {
  Matrix weights(2, 2);
  weights << 1, 0, 0.5, 0.5;
  const Graph edges(edge_arrays(weights, Direction::attends));
  CHECK(agree(degrees(edges).in, vector_of({2, 1}), 0));
  CHECK(agree(degrees(edges).out, vector_of({1, 2}), 0));
}

TEST_CASE("coreness counts edges both ways and leaves out self-loops") {
  // 0, 1, 2 all joined both ways; 3 hangs on 0 by one edge and has a loop.
  EdgeArrays edges;
  edges.nodes = 5;
  for (std::size_t u = 0; u < 3; ++u) {
    for (std::size_t v = 0; v < 3; ++v) edges.add(u, v, 0.1);
  }
  edges.add(3, 0, 0.9);
  edges.add(3, 3, 0.1);
  CHECK(agree(coreness(Graph(edges)), vector_of({4, 4, 4, 1, 0}), 0));
}

}  // namespace
}  // namespace attngraph
