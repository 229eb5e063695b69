#include "core/named_range.hpp"

#include <doctest/doctest.h>

namespace attngraph {

TEST_CASE("ranges of tokens have a name, or are called after themselves") {
  CHECK(named_range("system:0-5") == NamedRange{"system", 0, 5});
  CHECK(named_range("7") == NamedRange{"7", 7, 7});
  CHECK(named_range("a:b:2-3") == NamedRange{"a:b", 2, 3});
  CHECK(named_ranges("x:0-1,3-4")->back() == NamedRange{"3-4", 3, 4});
}

TEST_CASE("what is no list of ranges is none") {
  for (const char* text : {"", "a", "a:", "a:x", "3-2", "1-2-3", "-1", "1,", "parts.csv"}) {
    CAPTURE(text);
    CHECK_FALSE(named_ranges(text));
  }
}

}  // namespace attngraph
