#include "core/memory_need.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <limits>
#include <thread>
#include <vector>

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

TEST_CASE("work that takes nothing is never held back, other work by what fits") {
  CHECK(MemoryNeed().pieces(7) == 7);
  Limits limits;
  limits.memory = 100;
  CHECK(MemoryNeed(limits, {30}, "a head", "").pieces(7) == 3);
  CHECK(MemoryNeed(limits, {100}, "a head", "").pieces(7) == 1);
  CHECK(MemoryNeed(limits, {30}, "a head", "").pieces(2) == 2);
  CHECK_THROWS_AS(MemoryNeed(limits, {101}, "a head", ""), LimitError);
}

TEST_CASE("threads hold no more at a time than is allowed") {
  Limits limits;
  limits.memory = 100;
  std::atomic<int> now = 0, most = 0, done = 0;
  const auto hold = [&](const MemoryNeed& need) {
    for (int i = 0; i < 50; ++i) {
      const HeldMemory held(need);
      const int here = ++now;
      for (int seen = most; here > seen && !most.compare_exchange_weak(seen, here);) {
      }
      std::this_thread::yield();
      --now;
    }
    ++done;
  };
  const MemoryNeed need(limits, {40}, "a head", "");
  std::vector<std::thread> threads;
  for (int t = 0; t < 5; ++t) threads.emplace_back(hold, std::cref(need));
  for (std::thread& thread : threads) thread.join();
  CHECK(done == 5);
  CHECK(most <= 2);
}
