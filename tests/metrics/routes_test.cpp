#include "metrics/paths/routes.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

#include "metrics/random_attention.hpp"

namespace attngraph {
namespace {

/// Every route from the output on whose probability is not zero, the most probable first.
std::vector<Route> all_routes(const std::vector<Matrix>& transitions, std::size_t input,
                              std::size_t output) {
  std::vector<Route> open{{1, {output}}};
  for (std::size_t l = transitions.size(); l-- > 0;) {
    std::vector<Route> longer;
    for (const Route& route : open) {
      for (Index k = 0; k < transitions[l].cols(); ++k) {
        Route next = route;
        next.tokens.push_back(static_cast<std::size_t>(k));
        longer.push_back(next);
      }
    }
    open = longer;
  }
  std::vector<Route> routes;
  for (Route& route : open) {
    if (route.tokens.back() != input) continue;
    // Multiplied from the input on, as rounding can otherwise break ties.
    for (std::size_t l = 0; l < transitions.size(); ++l) {
      const std::size_t place = transitions.size() - 1 - l;
      route.probability = transitions[l](static_cast<Index>(route.tokens[place]),
                                         static_cast<Index>(route.tokens[place + 1])) *
                          route.probability;
    }
    if (route.probability > 0) routes.push_back(route);
  }
  std::sort(routes.begin(), routes.end(), [](const Route& a, const Route& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.tokens < b.tokens;
  });
  return routes;
}

TEST_CASE("two ways through two layers") {
  Matrix top(2, 2), bottom(2, 2);
  top << .25, .75, 0, 1;
  bottom << .5, .5, 1, 0;
  const std::vector<Matrix> transitions{bottom, top};
  const Routes routes = most_probable_routes(transitions, 0, 0, 10);
  REQUIRE(routes.best.size() == 2);
  CHECK(routes.best[0].tokens == std::vector<std::size_t>{0, 1, 0});
  CHECK(routes.best[0].probability == .75);
  CHECK(routes.best[1].tokens == std::vector<std::size_t>{0, 0, 0});
  CHECK(routes.best[1].probability == .125);
  CHECK(routes.total == .875);
}

TEST_CASE("equally probable routes come by lower tokens") {
  const std::vector<Matrix> transitions(3, Matrix::Constant(2, 2, .5));
  const Routes routes = most_probable_routes(transitions, 1, 0, 10);
  REQUIRE(routes.best.size() == 4);
  CHECK(routes.best[0].tokens == std::vector<std::size_t>{0, 0, 0, 1});
  CHECK(routes.best[1].tokens == std::vector<std::size_t>{0, 0, 1, 1});
  CHECK(routes.best[2].tokens == std::vector<std::size_t>{0, 1, 0, 1});
  CHECK(routes.best[3].tokens == std::vector<std::size_t>{0, 1, 1, 1});
}

TEST_CASE("where nothing arrives there is no route") {
  const std::vector<Matrix> transitions(4, Matrix::Identity(3, 3));
  const Routes routes = most_probable_routes(transitions, 0, 2, 5);
  CHECK(routes.best.empty());
  CHECK(routes.total == 0);
}

TEST_CASE("the best routes are those of trying all") {
  CHECK(rc::check("enumeration", [](unsigned seed) {
    std::mt19937_64 random(seed);
    const Kind kind = all_kinds[seed % std::size(all_kinds)];
    const auto n = static_cast<Index>(1 + seed / 5 % 5);
    std::vector<Matrix> transitions;
    for (std::size_t l = 0; l < 1 + seed / 25 % 4; ++l) {
      transitions.push_back(random_attention(random, n, kind));
    }
    const std::size_t input = seed / 100 % static_cast<unsigned>(n);
    const std::size_t output = seed / 500 % static_cast<unsigned>(n);
    const std::vector<Route> expected = all_routes(transitions, input, output);
    const std::size_t count = 1 + seed % 40;
    const Routes routes = most_probable_routes(transitions, input, output, count);
    RC_ASSERT(routes.best.size() == std::min(count, expected.size()));
    double sum = 0;
    for (std::size_t i = 0; i < routes.best.size(); ++i) {
      RC_ASSERT(routes.best[i].probability == expected[i].probability);
      RC_ASSERT(routes.best[i].tokens == expected[i].tokens);
      sum += routes.best[i].probability;
    }
    RC_ASSERT(sum <= routes.total * (1 + 1e-12));
    if (count >= expected.size()) RC_ASSERT(std::abs(sum - routes.total) < 1e-12);
  }));
}

TEST_CASE("the best routes to every output are the best of those from single inputs") {
  std::mt19937_64 random(7);
  const Index n = 5;
  std::vector<Matrix> transitions;
  for (int l = 0; l < 3; ++l) transitions.push_back(random_attention(random, n, all_kinds[0]));
  const auto all = most_probable_routes(transitions, 12);
  REQUIRE(all.size() == 5);
  for (std::size_t output = 0; output < all.size(); ++output) {
    std::vector<Route> expected;
    for (std::size_t input = 0; input < all.size(); ++input) {
      const auto routes = most_probable_routes(transitions, input, output, 12).best;
      expected.insert(expected.end(), routes.begin(), routes.end());
    }
    std::sort(expected.begin(), expected.end(), [](const Route& a, const Route& b) {
      return a.probability != b.probability ? a.probability > b.probability : a.tokens < b.tokens;
    });
    REQUIRE(all[output].size() == 12);
    for (std::size_t i = 0; i < 12; ++i) {
      CHECK(all[output][i].probability == expected[i].probability);
      CHECK(all[output][i].tokens == expected[i].tokens);
    }
  }
}

}  // namespace
}  // namespace attngraph
