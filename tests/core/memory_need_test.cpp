#include "core/memory_need.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "core/error.hpp"

using namespace attngraph;

TEST_CASE("what fits passes, one byte more is refused with both numbers") {
  Limits limits;
  limits.memory = 24;
  CHECK_NOTHROW(check_memory(limits, {2, 3, 4}, "a matrix", ""));
  try {
    check_memory(limits, {5, 5}, "a matrix", "ask for less");
    FAIL("accepted");
  } catch (const LimitError& error) {
    CHECK(error.problem() == "a matrix would need 25 bytes of memory, more than $max-memory 24");
    CHECK(error.hint() == "ask for less");
  }
}

TEST_CASE("a product beyond all numbers is refused, not wrapped around") {
  constexpr std::size_t huge = std::numeric_limits<std::size_t>::max();
  CHECK_THROWS_AS(check_memory({}, {huge, 2}, "a matrix", ""), LimitError);
}
