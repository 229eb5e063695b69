#include "metrics/paths/acyclic_routes.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "core/error.hpp"

namespace attngraph {
namespace {

using Tokens = std::vector<std::size_t>;

/// 0 and 1 lead to 2 and 3, which lead to 4.
EdgeArrays diamond() { return {5, {0, 1, 0, 1, 2, 3}, {2, 2, 3, 3, 4, 4}, {1, 3, 1, 1, 3, 1}}; }

TEST_CASE("routes are products of shares of what comes in, the best first") {
  const Routes routes = acyclic_routes(diamond(), 0, 4, 10);
  REQUIRE(routes.best.size() == 2);
  CHECK(routes.best[0].tokens == Tokens{4, 2, 0});
  CHECK(routes.best[0].probability == 0.75 * 0.25);
  CHECK(routes.best[1].tokens == Tokens{4, 3, 0});
  CHECK(routes.best[1].probability == 0.25 * 0.5);
  CHECK(routes.total == 0.75 * 0.25 + 0.25 * 0.5);
  CHECK(acyclic_routes(diamond(), 0, 4, 1).best.size() == 1);
  CHECK(acyclic_routes(diamond(), 0, 4, 1).total == routes.total);
}

TEST_CASE("parallel edges count together, and of equal routes the lower node comes first") {
  const EdgeArrays edges{4, {0, 0, 0, 1, 2}, {1, 1, 2, 3, 3}, {1, 2, 3, 1, 1}};
  const Routes routes = acyclic_routes(edges, 0, 3, 10);
  REQUIRE(routes.best.size() == 2);
  CHECK(routes.best[0].tokens == Tokens{3, 1, 0});
  CHECK(routes.best[1].tokens == Tokens{3, 2, 0});
  CHECK(routes.total == 1);
}

TEST_CASE("where no edge leads there is no route") {
  CHECK(acyclic_routes(diamond(), 4, 0, 3).best.empty());
  CHECK(acyclic_routes(diamond(), 0, 1, 3).total == 0);
  CHECK(acyclic_routes(diamond(), 2, 2, 3).best.empty());
}

TEST_CASE("a cycle is refused") {
  CHECK_THROWS_WITH_AS(acyclic_routes({2, {0, 1}, {1, 0}, {1, 1}}, 0, 1, 1),
                       "node 1 leads back to itself", InputError);
  CHECK_THROWS_AS(acyclic_routes({2, {0, 1}, {1, 1}, {1, 1}}, 0, 1, 1), InputError);
  CHECK_NOTHROW(acyclic_routes({2, {0, 1}, {1, 1}, {1, 0}}, 0, 1, 1));
}

TEST_CASE("the best routes are those of an enumeration of all paths") {
  CHECK(rc::check("routes", [] {
    const int nodes = *rc::gen::inRange(2, 8);
    EdgeArrays edges;
    edges.nodes = static_cast<std::size_t>(nodes);
    std::vector<std::vector<double>> into(nodes, std::vector<double>(nodes));
    for (int s = 0; s < nodes; ++s) {
      for (int t = s + 1; t < nodes; ++t) {
        into[t][s] = *rc::gen::inRange(0, 5);
        edges.add(static_cast<std::size_t>(s), static_cast<std::size_t>(t), into[t][s]);
      }
    }
    std::vector<double> found;
    const std::function<void(int, double)> walk = [&](int node, double product) {
      if (node == 0) found.push_back(product);
      double sum = 0;
      for (const double weight : into[node]) sum += weight;
      for (int s = 0; s < node && node > 0; ++s) {
        if (into[node][s] > 0) walk(s, product * (into[node][s] / sum));
      }
    };
    walk(nodes - 1, 1.0);
    std::sort(found.rbegin(), found.rend());
    const Routes routes = acyclic_routes(edges, 0, static_cast<std::size_t>(nodes - 1), 1000);
    RC_ASSERT(routes.best.size() == found.size());
    double total = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      RC_ASSERT(std::abs(routes.best[i].probability - found[i]) <= 1e-12);
      total += found[i];
    }
    RC_ASSERT(std::abs(routes.total - total) <= 1e-12);
  }));
}

}  // namespace
}  // namespace attngraph
