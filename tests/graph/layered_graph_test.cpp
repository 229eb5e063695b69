#include "graph/layered_graph.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace attngraph {
namespace {

TEST_CASE("a layered graph has a node for each token at each level") {
  Matrix bottom(2, 2), top(2, 2);
  bottom << .5, .5, 0, 1;
  top << 1, 0, .25, .75;
  const EdgeArrays edges = layered_graph(std::vector{bottom, top});
  CHECK(edges.nodes == 6);
  CHECK(edges.source == std::vector<std::int32_t>{2, 2, 3, 4, 5, 5});
  CHECK(edges.target == std::vector<std::int32_t>{0, 1, 1, 2, 2, 3});
  CHECK(edges.weight == std::vector<double>{.5, .5, 1, 1, .25, .75});
}

}  // namespace
}  // namespace attngraph
