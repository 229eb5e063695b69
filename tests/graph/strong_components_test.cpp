#include "graph/strong_components.hpp"

#include <doctest/doctest.h>

#include "graph/reach.hpp"

namespace attngraph {
namespace {

// 0 -> 1 -> 2 -> 1, 3 alone, 4 -> 0 and 4 -> 4
EdgeArrays example() {
  EdgeArrays edges;
  edges.nodes = 5;
  edges.add(4, 0, 0.5);
  edges.add(1, 2, 1.0);
  edges.add(0, 1, 1.0);
  edges.add(2, 1, 1.0);
  edges.add(4, 4, 0.25);
  return edges;
}

TEST_CASE("strong components are numbered along the edges between them") {
  const StrongComponents components = strong_components(compressed_rows(example()));
  CHECK(components.count == 4);
  const auto& of = components.of_node;
  CHECK(of[1] == of[2]);
  CHECK(of[4] < of[0]);
  CHECK(of[0] < of[1]);
}

TEST_CASE("a path of 300000 nodes is no deeper than any other graph") {
  EdgeArrays edges;
  edges.nodes = 300000;
  for (std::size_t v = 1; v < edges.nodes; ++v) edges.add(v - 1, v, 1.0);
  const StrongComponents components = strong_components(compressed_rows(edges));
  CHECK(components.count == edges.nodes);
  CHECK(components.of_node[299999] == 299999);
}

TEST_CASE("a node reaches itself and whatever follows it") {
  CHECK(reachable_counts(compressed_rows(example())) == std::vector<std::size_t>{3, 2, 2, 1, 4});
}

}  // namespace
}  // namespace attngraph
