#include "graph/graph.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"

namespace attngraph {
namespace {

using Nodes = std::vector<std::int32_t>;

/// 0 -> 0, 0 -> 1, 1 -> 0 as attends.
Matrix weights() {
  Matrix matrix(2, 2);
  matrix << .5, .25, 1, 0;
  return matrix;
}

Attention in_float32() {
  return Attention({Tensor::from(std::vector<float>{.5F, .25F, 1, 0}, {1, 2, 2})});
}

TEST_CASE("a head, its weights and its edges are the same graph in every form") {
  const Attention attention = in_float32();
  const Graph head(attention, 0, 0, {Direction::informs});
  const Graph matrix(weights(), {Direction::informs});
  const Graph edges(edge_arrays(weights(), Direction::attends), {Direction::informs});
  for (const Graph* graph : {&head, &matrix, &edges}) {
    CHECK(graph->nodes() == 2);
    CHECK(graph->edges().source == Nodes{0, 1, 0});
    CHECK(graph->edges().target == Nodes{0, 0, 1});
    CHECK(graph->rows().first == std::vector<std::size_t>{0, 2, 3});
    CHECK(graph->arriving().first == std::vector<std::size_t>{0, 2, 3});
    CHECK(graph->igraph().edges().weight == std::vector<double>{.5, .25, 1});
    CHECK(graph->lengths(Distance::inverse).edges.weight == std::vector<double>{4, 1});
    const LengthMatrix* lengths = graph->length_matrix(Distance::inverse);
    REQUIRE(lengths);
    CHECK(lengths->edges == 2);
    CHECK(lengths->lengths(1, 0) == 4);
    CHECK(lengths->lengths(0, 1) == 1);
    CHECK(lengths->lengths(0, 0) == INFINITY);
  }
  CHECK((head.dense() && matrix.dense() && !edges.dense()));
  CHECK(head.weights() == weights());
  REQUIRE(head.stored_weights());
  CHECK(*head.stored_weights() == weights().cast<float>());
  CHECK(matrix.stored_weights() == nullptr);
}

TEST_CASE("a form is made once") {
  const Graph graph(weights());
  CHECK(&graph.igraph() == &graph.igraph());
  CHECK(&graph.edges() == &graph.edges());
  CHECK(&graph.lengths(Distance::weight) == &graph.lengths(Distance::weight));
  CHECK(graph.length_matrix(Distance::weight) == graph.length_matrix(Distance::weight));
  CHECK(graph.lengths(Distance::inverse).edges.weight[0] == 4);
}

TEST_CASE("parts hold whole queries, and at least the largest of each") {
  const Attention attention = in_float32();
  const auto together = [](const Graph& graph, std::size_t most) {
    EdgeArrays all;
    graph.parts(most, [&](const EdgeArrays& edges) {
      CHECK(edges.nodes == graph.nodes());
      for (std::size_t e = 0; e < edges.size(); ++e) {
        all.add(static_cast<std::size_t>(edges.source[e]),
                static_cast<std::size_t>(edges.target[e]), edges.weight[e]);
      }
    });
    return all;
  };
  const EdgeArrays every = together(Graph(attention, 0, 0), 9);
  CHECK(every.source == Nodes{0, 0, 1});
  CHECK(every.target == Nodes{0, 1, 0});
  const EdgeArrays largest = together(Graph(attention, 0, 0, {Direction::informs}), 1);
  CHECK(largest.source == Nodes{0, 0});
  CHECK(largest.target == Nodes{0, 1});
  const EdgeRules drop{Direction::attends, SelfLoops::drop};
  CHECK(together(Graph(attention, 0, 0, drop), 1).target == Nodes{1, 0});
  CHECK(together(Graph(weights(), drop), 1).target == Nodes{1, 0});
}

TEST_CASE("self-loops are dropped from every form") {
  const Attention attention = in_float32();
  const EdgeRules drop{Direction::attends, SelfLoops::drop};
  const Graph head(attention, 0, 0, drop);
  const Graph matrix(weights(), drop);
  const Graph edges(edge_arrays(weights(), Direction::attends), drop);
  for (const Graph* graph : {&head, &matrix, &edges}) {
    CHECK(graph->edges().source == Nodes{0, 1});
    CHECK(graph->edges().target == Nodes{1, 0});
  }
  CHECK(head.weights()(0, 0) == 0);
  CHECK((*head.stored_weights())(0, 0) == 0);
}

TEST_CASE("queries and keys of different number are different nodes, and no matrix of edges") {
  const Graph graph(Matrix::Constant(1, 2, .5), {Direction::attends, SelfLoops::drop});
  CHECK(graph.nodes() == 3);
  CHECK_FALSE(graph.dense());
  CHECK(graph.edges().target == Nodes{1, 2});
}

TEST_CASE("two edges that join the same nodes are no matrix") {
  EdgeArrays edges;
  edges.nodes = 2;
  edges.add(0, 1, .5);
  edges.add(0, 1, .5);
  edges.add(1, 0, 0);
  const Graph graph(edges);
  CHECK(graph.edges().size() == 2);
  CHECK(graph.length_matrix(Distance::inverse) == nullptr);
}

TEST_CASE("a matrix and edges refuse the same weight, and lift the same lengths") {
  Matrix matrix(2, 2);
  matrix << 0, 1.01, .5, 0;
  for (const Direction direction : {Direction::attends, Direction::informs}) {
    const Graph dense(matrix, {direction});
    const std::string edge = direction == Direction::attends ? "edge 0 -> 1" : "edge 1 -> 0";
    const std::string text =
        edge + ": the weight is 1.01, at most 1 was expected by the distance neglog";
    CHECK_THROWS_WITH_AS(dense.length_matrix(Distance::neglog), text.c_str(), InputError);
    CHECK_THROWS_WITH_AS(dense.lengths(Distance::neglog), text.c_str(), InputError);
  }
  matrix << 0, 1e-310, .5, 0;
  CHECK_THROWS_WITH_AS(Graph(matrix).lengths(Distance::inverse),
                       "edge 0 -> 1: the weight is 1e-310, too small for the distance inverse",
                       InputError);
  const Graph ones(Matrix::Ones(3, 3));
  CHECK(ones.lifted() == 0);
  ones.length_matrix(Distance::complement);
  CHECK(ones.lifted() == 6);
  const Graph edges(edge_arrays(Matrix::Ones(3, 3), Direction::attends));
  edges.lengths(Distance::complement);
  CHECK(edges.lifted() == 6);
}

}  // namespace
}  // namespace attngraph
