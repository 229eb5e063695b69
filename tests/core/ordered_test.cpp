#include "core/ordered.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "core/error.hpp"

namespace attngraph {
namespace {

using Squares = std::vector<double>;

TEST_CASE("threads and processes hand over the same results, in order") {
  for (const std::size_t workers : {1, 3}) {
    set_worker_threads(workers);
    for (const Workers kind : {Workers::threads, Workers::processes}) {
      std::vector<Squares> taken;
      ordered(
          20, kind, {}, [](std::size_t i) { return Squares(i % 3, static_cast<double>(i * i)); },
          [&](std::size_t i, const Squares& squares) {
            CHECK(taken.size() == i);
            taken.push_back(squares);
          });
      REQUIRE(taken.size() == 20);
      CHECK(taken[5] == Squares{25, 25});
      CHECK(taken[6].empty());
    }
  }
  set_worker_threads(1);
}

TEST_CASE("something about all records goes with them") {
  set_worker_threads(2);
  std::size_t sum = 0;
  ordered(
      4, Workers::processes, {},
      [](std::size_t i) { return std::pair(i * 10, std::vector<int>(i, 7)); },
      [&](std::size_t i, const std::pair<std::size_t, std::vector<int>>& headed) {
        CHECK(headed.second == std::vector<int>(i, 7));
        sum += headed.first;
      });
  CHECK(sum == 60);
  set_worker_threads(1);
}

TEST_CASE("the first error ends the work, after all before it were taken") {
  for (const Workers kind : {Workers::threads, Workers::processes}) {
    std::size_t taken = 0;
    const auto work = [](std::size_t i) {
      if (i == 3) throw InputError("row 3", "is bad");
      return Squares(1);
    };
    CHECK_THROWS_AS(ordered(9, kind, {}, work, [&](std::size_t, const Squares&) { ++taken; }),
                    InputError);
    CHECK(taken == 3);
  }
}

}  // namespace
}  // namespace attngraph
