#include "graph/layout.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace attngraph {
namespace {

EdgeArrays chain() {
  EdgeArrays edges;
  edges.nodes = 4;
  edges.add(0, 1, 1.0);
  edges.add(1, 2, 1.0);
  edges.add(2, 3, 1.0);
  return edges;
}

TEST_CASE("a circle begins on top and goes clockwise") {
  const Places where = places(chain(), Layout::circle);
  CHECK(where.x[0] == doctest::Approx(0.5));
  CHECK(where.y[0] == doctest::Approx(0.0));
  CHECK(where.x[1] == doctest::Approx(1.0));
  CHECK(where.y[1] == doctest::Approx(0.5));
  CHECK(where.y[2] == doctest::Approx(1.0));
  CHECK(where.x[3] == doctest::Approx(0.0));
}

TEST_CASE("springs hold neighbours nearer than the ends of a chain") {
  const Places where = places(chain(), Layout::spring);
  const auto apart = [&](std::size_t a, std::size_t b) {
    return std::hypot(where.x[a] - where.x[b], where.y[a] - where.y[b]);
  };
  CHECK(apart(0, 1) < apart(0, 3));
  CHECK(apart(2, 3) < apart(0, 3));
}

TEST_CASE("springs leave three nodes in a triangle, whatever pulls at them") {
  EdgeArrays edges;
  edges.nodes = 3;
  edges.add(0, 1, 1.0);
  edges.add(1, 2, 1.0);
  edges.add(0, 2, 0.01);
  const Places where = places(edges, Layout::spring);
  const auto across = [&](std::size_t a, std::size_t b) {
    return (where.x[a] - where.x[0]) * (where.y[b] - where.y[0]);
  };
  CHECK(std::abs(across(1, 2) - across(2, 1)) > 0.2);
}

TEST_CASE("arcs stand on one line in their order") {
  const Places where = places(chain(), Layout::arcs);
  CHECK(where.x[1] == doctest::Approx(1.0 / 3));
  CHECK(where.x[3] == 1);
  CHECK(where.y == std::vector<double>(4, 0.5));
}

TEST_CASE("columns are as high as each other, queries on the left") {
  const Places where = places(chain(), Layout::columns, 1);
  CHECK(where.x == std::vector<double>{0, 1, 1, 1});
  CHECK(where.y == std::vector<double>{0.5, 0, 0.5, 1});
}

TEST_CASE("a single node stands in the middle, and no layout gives no places") {
  EdgeArrays one;
  one.nodes = 1;
  for (const Layout layout : {Layout::spring, Layout::circle, Layout::arcs}) {
    const Places where = places(one, layout);
    CHECK(where.x == std::vector<double>{0.5});
    CHECK(where.y == std::vector<double>{0.5});
  }
  CHECK(places(chain(), Layout::none).x.empty());
}

}  // namespace
}  // namespace attngraph
