#include "core/parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
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

TEST_CASE("a loop within a loop stays on its thread") {
  const Threads set(3);
  std::atomic<int> calls = 0;
  std::atomic<int> elsewhere = 0;
  parallel_for(6, [&](std::size_t) {
    const std::size_t own = worker_index();
    CHECK(own < 3);
    parallel_for(5, [&](std::size_t) {
      ++calls;
      if (worker_index() != own) ++elsewhere;
    });
  });
  CHECK(calls == 30);
  CHECK(elsewhere == 0);
}

TEST_CASE("results are finished in order, on the calling thread, and never overtake their place") {
  for (const std::size_t threads : {1, 2, 4}) {
    const Threads set(threads);
    for (const std::size_t count : {0, 1, 3, 500}) {
      std::vector<std::size_t> places(results_in_flight(), count);
      std::vector<std::size_t> finished;
      parallel_in_order(
          count,
          [&](std::size_t i) {
            if (i % 7 == 0) std::this_thread::yield();
            places[i % places.size()] = i;
          },
          [&](std::size_t i) {
            CHECK(worker_index() == 0);
            finished.push_back(places[i % places.size()]);
          });
      REQUIRE(finished.size() == count);
      for (std::size_t i = 0; i < count; ++i) CHECK(finished[i] == i);
    }
  }
}

TEST_CASE("everything before the first failure is finished, whether work or finishing fails") {
  for (const std::size_t threads : {1, 3}) {
    const Threads set(threads);
    for (const bool in_work : {true, false}) {
      std::size_t finished = 0;
      const auto fail = [](std::size_t i) {
        if (i >= 20) throw std::runtime_error(std::to_string(i));
      };
      const auto run = [&] {
        parallel_in_order(
            100,
            [&](std::size_t i) {
              if (in_work) fail(i);
            },
            [&](std::size_t i) {
              if (!in_work) fail(i);
              ++finished;
            });
      };
      CHECK_THROWS_WITH(run(), "20");
      CHECK(finished == 20);
    }
  }
}
