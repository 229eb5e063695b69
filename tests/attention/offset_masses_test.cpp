#include "attention/heads/offset_masses.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace attngraph;

TEST_CASE("masses are means over the rows that have a key at the offset") {
  OffsetTally tally(0, 2, 3);
  tally.add_row(0, 0, std::vector<double>{1, 0, 0});
  tally.add_row(2, 0, std::vector<double>{.25, .5, .25});  // row 1 is masked
  const auto masses = tally.finish(false);
  REQUIRE(masses.size() == 5);
  CHECK(masses[0].offset == -2);
  CHECK(masses[0].mass == .25);
  CHECK(masses[1].mass == .5);
  CHECK(masses[2].mass == (1 + .25) / 2);
  CHECK(masses[3].offset == 1);
  CHECK(masses[3].mass == 0);
  CHECK(masses[4].mass == 0);
}

TEST_CASE("causal attention has no keys behind, and rows may hold the keys they see alone") {
  OffsetTally tally(2, 3, 4);  // two queries at the end of four keys
  tally.add_row(2, 1, std::vector<double>{.25, .75});
  tally.add_row(3, 3, std::vector<double>{1});
  const auto masses = tally.finish(true);
  REQUIRE(masses.size() == 4);
  CHECK(masses[0].offset == -3);
  CHECK(masses[0].mass == 0);  // query 3 alone has that key
  CHECK(masses[2].mass == .25 / 2);
  CHECK(masses[3].mass == (.75 + 1) / 2);
}

TEST_CASE("an offset that no counted row has is no number") {
  OffsetTally tally(0, 1, 2);
  tally.add_row(0, 0, std::vector<double>{1, 0});
  CHECK(std::isnan(tally.finish(false)[0].mass));
  CHECK(tally.finish(false)[1].mass == 1);
}
