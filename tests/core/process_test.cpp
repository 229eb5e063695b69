#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "core/process/child.hpp"
#include "core/process/descriptor.hpp"
#include "core/process/packed.hpp"
#include "core/process/program.hpp"
#include "core/stop.hpp"

using namespace attngraph;

namespace {

std::string all_of(Descriptor& file) {
  std::string text;
  std::array<char, 16> piece;
  for (std::size_t n = 0; (n = file.read(piece.data(), piece.size())) > 0;) {
    text.append(piece.data(), n);
  }
  return text;
}

}  // namespace

TEST_CASE("a child writes to its parent and ends") {
  Child child(ChildSignals::deadly,
              [](Descriptor& to_parent) { to_parent.write("from the child"); });
  CHECK(all_of(child.from()) == "from the child");
  CHECK(child.status() == 0);
}

TEST_CASE("the end of a child tells how it ended") {
  Child killed(ChildSignals::handled, [](Descriptor&) { raise(SIGKILL); });
  CHECK(killed.status() == 128 + SIGKILL);
  Child thrown(ChildSignals::handled, [](Descriptor&) { throw std::logic_error("in a child"); });
  CHECK(thrown.status() == 70);
}

TEST_CASE("a child whose parent loses interest is ended") {
  {
    Child child(ChildSignals::deadly, [](Descriptor& to_parent) {
      to_parent.write("ready");
      pause();
    });
    char byte = 0;
    child.from().read(&byte, 1);
  }
  CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a file that cannot be opened, read or written is an error with its name") {
  CHECK_THROWS_WITH_AS(Descriptor(open("/nowhere/x", O_RDONLY), "x"),
                       "x: cannot be opened: No such file or directory", IoError);
  Descriptor read_only(open("/dev/null", O_RDONLY), "null");
  CHECK_THROWS_WITH_AS(read_only.write("text"), "null: cannot be written: Bad file descriptor",
                       IoError);
  Descriptor write_only(open("/dev/null", O_WRONLY), "null");
  char byte = 0;
  CHECK_THROWS_WITH_AS(write_only.read(&byte, 1), "null: cannot be read: Bad file descriptor",
                       IoError);
}

TEST_CASE("a pipe that does not block is waited for") {
  std::array<int, 2> ends{};
  REQUIRE(pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) == 0);
  Descriptor from(ends[0], "from"), to(ends[1], "to");
  const std::string large(1'000'000, 'x');  // more than a pipe holds
  std::thread writer([&] {
    usleep(20'000);  // the reader finds nothing at first
    to.write(large);
    to = Descriptor();
  });
  usleep(1000);
  CHECK(all_of(from) == large);
  writer.join();
}

TEST_CASE("another program is given its input, words and variables, and its end is told") {
  const std::string large(300'000, 'x');
  CHECK(run_program({{"cat"}, {}}, large).output == large);
  const ProgramEnd end = run_program(
      {{"sh", "-c", "cat; printf %s \"$1 $ONE\"; echo no >&2; echo more >&2; echo >&2; exit 3",
        "sh", "a b"},
       {"ONE=1"}},
      "in ");
  CHECK(end.output == "in a b 1");
  CHECK(end.status == 3);
  CHECK(end.message == "more");
  CHECK(run_program({{"sh", "-c", "kill -9 $$"}, {}}, "").status == 128 + SIGKILL);
}

TEST_CASE("a program that is not there is an error with its name") {
  CHECK_THROWS_WITH_AS(run_program({{"no-such-program"}, {}}, ""),
                       "no-such-program: cannot be started: No such file or directory", IoError);
}

TEST_CASE("a program that never ends is ended where a stop is asked for") {
  request_stop(SIGTERM);
  CHECK_THROWS_AS(run_program({{"yes"}, {}}, ""), Interrupted);
  request_stop(0);
  CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("what closed standard descriptors would have got goes nowhere") {
  Child child(ChildSignals::deadly, [](Descriptor& to_parent) {
    close(STDERR_FILENO);
    open_standard_descriptors();
    const int next = open("/dev/null", O_WRONLY);
    const bool safe = next != STDERR_FILENO && write(STDERR_FILENO, "x", 1) < 0;
    to_parent.write(safe ? "safe" : "mixed up");
  });
  CHECK(all_of(child.from()) == "safe");
}

TEST_CASE("packed values come out as they went in") {
  Packer packer;
  packer.value(0.1);
  packer.text("a\0b");
  packer.list(std::vector<float>{0.5F, 0.25F});
  packer.list(std::vector<std::string>{"", "two"});
  Unpacker unpacker(packer.bytes());
  CHECK(unpacker.value<double>() == 0.1);
  CHECK(unpacker.text() == "a\0b");
  CHECK(unpacker.list<float>() == std::vector<float>{0.5F, 0.25F});
  CHECK(unpacker.list<std::string>() == std::vector<std::string>{"", "two"});
  CHECK(unpacker.empty());
}

TEST_CASE("packed values that are cut off are a mistake of the program") {
  Packer packer;
  packer.text("whole");
  Unpacker unpacker(std::string_view(packer.bytes()).substr(0, 10));
  CHECK_THROWS_AS(unpacker.text(), std::logic_error);
}
