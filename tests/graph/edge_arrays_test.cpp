#include "graph/edge_arrays.hpp"

#include <doctest/doctest.h>

namespace attngraph {
namespace {

using Ends = std::vector<std::int32_t>;

TEST_CASE("an attends edge leads from the query to the key, for every weight above zero") {
  Matrix weights(2, 2);
  weights << 0.25, 0.75, 0, 1;
  const EdgeArrays edges = edge_arrays(weights, Direction::attends);
  CHECK(edges.nodes == 2);
  CHECK(edges.source == Ends{0, 0, 1});
  CHECK(edges.target == Ends{0, 1, 1});
  CHECK(edges.weight == std::vector<double>{0.25, 0.75, 1});
}

TEST_CASE("an informs edge leads from the key to the query") {
  Matrix weights(2, 2);
  weights << 0.25, 0.75, 0, 1;
  const EdgeArrays edges = edge_arrays(weights, Direction::informs);
  CHECK(edges.source == Ends{0, 1, 1});
  CHECK(edges.target == Ends{0, 0, 1});
  CHECK(edges.weight == std::vector<double>{0.25, 0.75, 1});
}

TEST_CASE("queries and keys of different number make a bipartite graph") {
  Matrix weights(1, 3);
  weights << 0.5, 0, 0.5;
  const EdgeArrays edges = edge_arrays(weights, Direction::attends);
  CHECK(edges.nodes == 4);
  CHECK(edges.source == Ends{0, 0});
  CHECK(edges.target == Ends{1, 3});
}

TEST_CASE("edges without self-loops keep their order") {
  Matrix weights(2, 2);
  weights << 0.25, 0.75, 0.125, 0.875;
  const EdgeArrays edges = without_self_loops(edge_arrays(weights, Direction::attends));
  CHECK(edges.source == Ends{0, 1});
  CHECK(edges.target == Ends{1, 0});
  CHECK(edges.weight == std::vector<double>{0.75, 0.125});
}

TEST_CASE("edges of weight zero can be left out") {
  const EdgeArrays edges{3, {0, 1, 2}, {1, 2, 0}, {0.5, 0.0, 0.25}};
  const EdgeArrays rest = without_zeros(edges);
  CHECK(rest.nodes == 3);
  CHECK(rest.source == std::vector<std::int32_t>{0, 2});
  CHECK(rest.target == std::vector<std::int32_t>{1, 0});
  CHECK(rest.weight == std::vector{0.5, 0.25});
  CHECK(without_zeros(rest).weight == rest.weight);
}

}  // namespace
}  // namespace attngraph
