#include "tensor/compressed_rows.hpp"

#include <doctest/doctest.h>

namespace attngraph {
namespace {

TEST_CASE("rows hold the edges of their source in the order of the arrays") {
  EdgeArrays edges;
  edges.nodes = 5;
  edges.add(4, 0, 0.5);
  edges.add(1, 2, 1.0);
  edges.add(0, 1, 1.0);
  edges.add(4, 4, 0.25);
  const CompressedRows rows = compressed_rows(edges);
  CHECK(rows.nodes() == 5);
  CHECK(rows.first == std::vector<std::size_t>{0, 1, 2, 2, 2, 4});
  CHECK(rows.target == std::vector<std::int32_t>{1, 2, 0, 4});
  CHECK(rows.weight == std::vector<double>{1.0, 1.0, 0.5, 0.25});
  CHECK(rows.targets(4).size() == 2);
  CHECK(rows.weights(3).empty());
}

}  // namespace
}  // namespace attngraph
