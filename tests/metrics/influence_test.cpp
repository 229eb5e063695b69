#include "metrics/paths/influence.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "core/error.hpp"
#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

TEST_CASE("influence adds up the shares of all paths to the outputs") {
  // 0 → 1 → 3, 0 → 2 → 3, 1 → 2; of what comes into 3, 1 gives a quarter.
  const EdgeArrays edges{4, {0, 0, 1, 1, 2}, {1, 2, 2, 3, 3}, {5, 1, 1, 1, 3}};
  const Vector found = influence(edges, std::vector<double>{0, 0, 0, .8});
  CHECK(agree(found, vector_of({.8, .2 + .3, .6, 0}), 1e-12));
  CHECK(influence({2, {}, {}, {}}, std::vector<double>{0, 1}).isZero(0));
}

TEST_CASE("influence is the series of its definition") {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int round = 0; round < 40; ++round) {
    const Index n = 1 + round % 12;
    EdgeArrays edges;
    edges.nodes = static_cast<std::size_t>(n);
    Matrix into = Matrix::Zero(n, n);  // [target, source]
    for (Index target = 1; target < n; ++target) {
      for (Index source = 0; source < target; ++source) {
        if (uniform(random) < .5) continue;
        into(target, source) = uniform(random);
        edges.add(static_cast<std::size_t>(source), static_cast<std::size_t>(target),
                  into(target, source));
      }
      const double sum = into.row(target).sum();
      if (sum > 0) into.row(target) /= sum;
    }
    std::vector<double> outputs(edges.nodes);
    for (double& output : outputs) output = uniform(random) < .5 ? 0 : uniform(random);
    Vector term = Eigen::Map<const Vector>(outputs.data(), n), sum = Vector::Zero(n);
    for (Index k = 0; k < n; ++k) sum += term = into.transpose() * term;
    CAPTURE(round);
    CHECK(agree(influence(edges, outputs), sum, 1e-11));
  }
}

TEST_CASE("a cycle has no end of paths") {
  CHECK_THROWS_WITH_AS(influence({2, {0, 1}, {1, 0}, {1, 1}}, std::vector<double>{1, 0}),
                       "node 1 leads back to itself", InputError);
  CHECK_THROWS_AS(influence({1, {0}, {0}, {1}}, std::vector<double>{1}), InputError);
}

}  // namespace
}  // namespace attngraph
