#include "core/process/forked_workers.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"

using namespace attngraph;

namespace {

struct Processes {
  explicit Processes(std::size_t count) { set_worker_threads(count); }
  ~Processes() { set_worker_threads(1); }
};

std::string squares(std::size_t i) { return std::to_string(i * i); }

bool has_children() { return waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

}  // namespace

TEST_CASE("results come in order, whatever their size, from any number of processes") {
  for (const std::size_t count : {1, 2, 5}) {
    const Processes set(count);
    std::vector<std::size_t> sizes;
    forked_in_order(
        20, {}, [](std::size_t i) { return std::string(i * 50'000, 'x'); },
        [&](std::size_t i, std::string_view bytes) {
          CHECK(i == sizes.size());
          sizes.push_back(bytes.size());
        });
    REQUIRE(sizes.size() == 20);
    for (std::size_t i = 0; i < sizes.size(); ++i) CHECK(sizes[i] == i * 50'000);
    CHECK(!has_children());
  }
}

TEST_CASE("work is done elsewhere, also after threads were at work here") {
  const Processes set(3);
  parallel_for(10, [](std::size_t) {});
  const pid_t here = getpid();
  forked_in_order(
      6, {},
      [](std::size_t) {
        std::size_t calls = 0;
        parallel_for(4, [&](std::size_t) { ++calls; });
        return std::to_string(getpid()) + " " + std::to_string(calls);
      },
      [&](std::size_t, std::string_view bytes) {
        CHECK(bytes.ends_with(" 4"));
        CHECK(std::stol(std::string(bytes)) != here);
      });
  parallel_for(10, [](std::size_t) {});
}

TEST_CASE("an error comes back as what it was, after all results before it") {
  for (const std::size_t count : {1, 3}) {
    const Processes set(count);
    std::size_t finished = 0;
    const auto run = [&] {
      forked_in_order(
          10, {},
          [](std::size_t i) {
            if (i >= 4) throw InputError("a.npy", "number " + std::to_string(i), "mend it");
            return squares(i);
          },
          [&](std::size_t, std::string_view) { ++finished; });
    };
    try {
      run();
      FAIL("nothing was thrown");
    } catch (const InputError& error) {
      CHECK(error.where() == "a.npy");
      CHECK(error.problem() == "number 4");
      CHECK(error.hint() == "mend it");
    }
    CHECK(finished == 4);
    CHECK(!has_children());
  }
}

TEST_CASE("every kind of error comes back as that kind, and a mistake with its text") {
  const Processes set(2);
  const auto fails = [](const auto& error) {
    forked_in_order(
        2, {}, [&](std::size_t) -> std::string { throw error; },
        [](std::size_t, std::string_view) {});
  };
  CHECK_THROWS_WITH_AS(fails(ArgumentError("$top", "is 0")), "$top: is 0", ArgumentError);
  CHECK_THROWS_WITH_AS(fails(LimitError("a", "is large")), "a: is large", LimitError);
  CHECK_THROWS_WITH_AS(fails(IoError("a", "is gone")), "a: is gone", IoError);
  CHECK_THROWS_WITH_AS(fails(std::logic_error("a mistake")), "a mistake", std::runtime_error);
  CHECK(!has_children());
}

TEST_CASE("a process that dies is an error") {
  const Processes set(2);
  CHECK_THROWS_AS(forked_in_order(
                      4, {},
                      [](std::size_t i) {
                        if (i == 1) raise(SIGKILL);
                        return squares(i);
                      },
                      [](std::size_t, std::string_view) {}),
                  IoError);
  CHECK(!has_children());
}

TEST_CASE("a stop asked for ends the processes") {
  const Processes set(2);
  CHECK_THROWS_AS(forked_in_order(
                      4, {}, [](std::size_t) { return std::string("x"); },
                      [](std::size_t, std::string_view) { request_stop(SIGTERM); }),
                  Interrupted);
  request_stop(0);
  CHECK(!has_children());
}

TEST_CASE("a process without memory is no mistake of the program") {
  const Processes set(2);
  CHECK_THROWS_AS(forked_in_order(
                      2, {}, [](std::size_t) -> std::string { throw std::bad_alloc(); },
                      [](std::size_t, std::string_view) {}),
                  std::bad_alloc);
  CHECK(!has_children());
}
