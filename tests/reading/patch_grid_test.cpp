#include "reading/patch_grid.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace attngraph;

namespace {

std::string grid_of(std::size_t tokens, const std::vector<std::string>& labels = {},
                    const PatchGridRequest& request = {}) {
  return grid_text(patch_grid(tokens, labels, request));
}

}  // namespace

TEST_CASE("patches that are a square are found, with and without a token in front") {
  CHECK(grid_of(16) == "patches lie in a grid of 4 rows of 4");
  CHECK(grid_of(197) == "patches lie in a grid of 14 rows of 14, behind 1 other token");
  CHECK(grid_of(201, {}, {{}, 5}) ==
        "patches lie in a grid of 14 rows of 14, behind 5 other tokens");
}

TEST_CASE("special tokens in front are no patches") {
  const std::vector<std::string> labels{"[CLS]", "[REG]", "[REG]", "a", "b", "c", "d"};
  CHECK(grid_of(7, labels) == "patches lie in a grid of 2 rows of 2, behind 3 other tokens");
}

TEST_CASE("labels of rows and columns say the grid, square or not") {
  const std::vector<std::string> labels{"[CLS]", "0,0", "0,1", "0,2", "1,0", "1,1", "1,2"};
  CHECK(grid_of(7, labels) == "patches lie in a grid of 2 rows of 3, behind 1 other token");
}

TEST_CASE("labels that go column by column are not taken for rows") {
  const std::vector<std::string> labels{"0,0", "1,0", "0,1", "1,1"};
  CHECK_THROWS_WITH_AS(grid_of(4, labels),
                       "$grid: label '1,0' is not that of patch 1 where patches go row by row",
                       ArgumentError);
  CHECK(grid_of(4, labels, {{{2, 2}}, {}}) == "patches lie in a grid of 2 rows of 2");
}

TEST_CASE("a grid that is given leaves the rest in front, and must fit") {
  CHECK(grid_of(7, {}, {{{2, 3}}, {}}) ==
        "patches lie in a grid of 2 rows of 3, behind 1 other token");
  CHECK_THROWS_WITH_AS(grid_of(7, {}, {{{2, 3}}, 2}),
                       "$grid: 2x3 are 6 patches, but there are 7 tokens, 2 of them in front",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(grid_of(5, {}, {{{2, 3}}, {}}),
                       "$grid: 2x3 are 6 patches, but there are 5 tokens", ArgumentError);
}

TEST_CASE("tokens that are no square say what to give") {
  CHECK_THROWS_WITH_AS(grid_of(200),
                       "$grid: 200 tokens are no square of patches behind 0 or 1 others",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(grid_of(197, {}, {{}, 0}),
                       "$grid: 197 tokens are no square of patches behind 0 others", ArgumentError);
}

TEST_CASE("a grid is written as rows x columns") {
  const auto size = grid_size_named("14x16");
  CHECK(size.height == 14);
  CHECK(size.width == 16);
  for (const char* bad :
       {"14", "14x", "x16", "0x4", "4x0", "4X4", "4x4x4", "-1x2", "70000x1", ""}) {
    CHECK_THROWS_AS(grid_size_named(bad), ArgumentError);
  }
}
