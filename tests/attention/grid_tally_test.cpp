#include "attention/heads/grid_tally.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using namespace attngraph;

TEST_CASE("distance on a grid is not that of the tokens' numbers") {
  // 2 x 2 patches behind [CLS]: patch 0 looks at patch 3, a diagonal away and 3 numbers on.
  GridTally tally({2, 2, 1}, {});
  tally.add_row(0, std::vector<double>{1, 0, 0, 0, 0});
  CHECK(std::isnan(tally.distance()));
  tally.add_row(1, std::vector<double>{.25, 0, 0, 0, .75});
  CHECK(tally.distance() == doctest::Approx(.75 * std::numbers::sqrt2));
  tally.add_row(3, std::vector<double>{0, 1, 0, 0, 0});
  CHECK(tally.distance() == doctest::Approx((.75 * std::numbers::sqrt2 + 1) / 2));
}

TEST_CASE("spatial entropy counts pieces that touch, corners too") {
  // Above the mean of 2/9: both ends of the diagonal with its middle, which is one piece.
  CHECK(spatial_entropy(std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 0}, 3) == 0);
  // Two pieces, one with twice the mass of the other above the mean of 1/9 each.
  const std::vector<double> two{4. / 9, 0, 0, 0, 0, 0, 0, 2. / 9, 3. / 9};
  const double p = 3. / 6;
  CHECK(spatial_entropy(two, 3) == doctest::Approx(-p * std::log(p) - (1 - p) * std::log(1 - p)));
}

TEST_CASE("a row without a place above its mean has no entropy, whatever rounding makes of it") {
  CHECK(spatial_entropy(std::vector<double>(7 * 7, 1. / 49), 7) == 0);
  CHECK(spatial_entropy(std::vector<double>(10 * 3, .1), 3) == 0);
  CHECK(spatial_entropy(std::vector<double>{1}, 1) == 0);
}

TEST_CASE("the target's row is looked at, also where it is no patch") {
  GridTally tally({1, 4, 1}, 0);
  CHECK(std::isnan(tally.entropy()));
  tally.add_row(1, std::vector<double>{0, 1, 0, 0, 0});
  CHECK(std::isnan(tally.entropy()));
  tally.add_row(0, std::vector<double>{0, .5, 0, 0, .5});
  CHECK(tally.entropy() == doctest::Approx(std::numbers::ln2));
}
