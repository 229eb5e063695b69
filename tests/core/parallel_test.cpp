#include "core/parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

using namespace attngraph;

namespace {

/// Leaves the process with one thread, as it was.
struct Threads {
  explicit Threads(std::size_t count) { set_worker_threads(count); }
  ~Threads() { set_worker_threads(1); }
};

}  // namespace

TEST_CASE("every index is worked on once, with any number of threads") {
  for (const std::size_t threads : {1, 2, 5}) {
    const Threads set(threads);
    for (const std::size_t count : {0, 1, 2, 1000}) {
      std::vector<std::atomic<int>> calls(count);
      parallel_for(count, [&](std::size_t i) { ++calls[i]; });
      for (const auto& call : calls) CHECK(call == 1);
    }
  }
}

TEST_CASE(
    "the failure of the lowest index that failed is passed on, and the crew goes on working") {
  const Threads set(3);
  const auto fail = [] {
    parallel_for(100, [](std::size_t i) {
      if (i == 7) throw std::runtime_error("seven");
    });
  };
  CHECK_THROWS_WITH(fail(), "seven");
  std::atomic<int> calls = 0;
  parallel_for(10, [&](std::size_t) { ++calls; });
  CHECK(calls == 10);
}
