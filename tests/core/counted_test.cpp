#include "core/text/counted.hpp"

#include <doctest/doctest.h>

using namespace attngraph;

TEST_CASE("things are counted in their singular and plural") {
  CHECK(counted(1, "layer") == "1 layer");
  CHECK(counted(0, "key") == "0 keys");
  CHECK(counted(2, "query") == "2 queries");
}
