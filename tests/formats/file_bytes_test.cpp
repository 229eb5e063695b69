#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/stat.h>

#include "core/error.hpp"
#include "formats/file_bytes.hpp"

using namespace attngraph;

namespace {

/// A directory that goes with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "attngraph-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string text(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data.data()), bytes.data.size()};
}

}  // namespace

TEST_CASE("a file is mapped; its bytes outlive its name and count against no limit") {
  const Scratch scratch;
  std::ofstream(scratch.file("a")) << "hello";
  Limits limits;
  limits.memory = 1;
  const Bytes bytes = file_bytes(scratch.file("a"), limits);
  std::filesystem::remove(scratch.file("a"));
  CHECK(text(bytes) == "hello");
}

TEST_CASE("an empty file has no bytes") {
  const Scratch scratch;
  std::ofstream(scratch.file("a")).flush();
  CHECK(file_bytes(scratch.file("a"), {}).data.empty());
}

TEST_CASE("a FIFO is read to its end, up to the memory limit") {
  const Scratch scratch;
  const std::string fifo = scratch.file("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const std::string content(100000, 'x');
  const auto write = [&] { std::ofstream(fifo) << content; };
  {
    std::thread writer(write);
    const Bytes bytes = file_bytes(fifo, {});
    writer.join();
    CHECK(text(bytes) == content);
  }
  Limits limits;
  limits.memory = 100000 - 1;
  std::thread writer(write);
  CHECK_THROWS_AS(file_bytes(fifo, limits), LimitError);
  writer.join();
}

TEST_CASE("missing files and directories are errors of reading") {
  const Scratch scratch;
  const std::string missing = scratch.file("missing");
  CHECK_THROWS_WITH_AS(file_bytes(missing, {}),
                       (missing + ": cannot be opened: No such file or directory").c_str(),
                       IoError);
  const std::string directory = scratch.file("");
  CHECK_THROWS_WITH_AS(file_bytes(directory, {}),
                       (directory + ": is a directory, expected a file").c_str(), IoError);
}

TEST_CASE("of what has no end the first megabyte is looked at before more is read") {
  std::istringstream in(std::string(3000000, 'x'));
  const FirstLook refuse = [](std::span<const std::byte> begin) {
    CHECK(begin.size() == std::size_t{1} << 20);
    throw InputError("stdin", "is of no kind");
  };
  CHECK_THROWS_AS(stream_bytes(in, "stdin", {}, refuse), InputError);
  CHECK(in.tellg() == std::streamoff{1} << 20);
}

TEST_CASE("a stream is read to its end, up to the memory limit") {
  const std::string content(3000000, 'x');
  std::istringstream in(content);
  CHECK(text(stream_bytes(in, "stdin", {})) == content);
  std::istringstream again(content);
  Limits limits;
  limits.memory = 2000000;
  CHECK_THROWS_WITH_AS(stream_bytes(again, "stdin", limits), doctest::Contains("stdin: needs"),
                       LimitError);
  std::istringstream empty;
  CHECK(stream_bytes(empty, "stdin", {}).data.empty());
}
