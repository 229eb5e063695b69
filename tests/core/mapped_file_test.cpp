#include "core/process/mapped_file.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "core/process/descriptor.hpp"

using namespace attngraph;

namespace {

constexpr std::size_t three_pages = 3 * 4096;

/// A file that is there as long as this.
class File {
 public:
  explicit File(std::size_t size) {
    Descriptor file(mkstemp(name_.data()), name_);
    file.write(std::string(size, 'x'));
    const std::array<timespec, 2> long_ago{};
    futimens(file.number(), long_ago.data());
  }
  ~File() { unlink(name_.c_str()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& name() const { return name_; }
  std::unique_ptr<MappedFile> mapped() const {
    const Descriptor file(open(name_.c_str(), O_RDONLY), name_);
    return std::make_unique<MappedFile>(file.number(), three_pages, name_);
  }

 private:
  std::string name_ = "/tmp/attngraph.XXXXXX";
};

void handle_missing_pages() {
  struct sigaction action = {};
  action.sa_sigaction = [](int, siginfo_t* where, void*) {
    if (!mend_cut_file(where->si_addr)) _exit(1);
  };
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace

TEST_CASE("a mapped file that nobody touches has its bytes and has not changed") {
  const File file(three_pages);
  {
    const auto mapped = file.mapped();
    CHECK(mapped->bytes().size() == three_pages);
    CHECK(mapped->bytes().back() == std::byte{'x'});
    CHECK_FALSE(changed_file());
  }
  CHECK_FALSE(changed_file());
}

TEST_CASE("where a mapped file is cut off while it is read stand zeros, and an error names it") {
  handle_missing_pages();
  const File file(three_pages);
  const auto mapped = file.mapped();
  REQUIRE(truncate(file.name().c_str(), 5000) == 0);
  CHECK(mapped->bytes()[4999] == std::byte{'x'});
  CHECK(mapped->bytes()[three_pages - 1] == std::byte{0});
  const auto changed = changed_file();
  REQUIRE(changed);
  CHECK(changed->where() == file.name());
  CHECK(changed->problem() == "became shorter while it was read");
  CHECK_FALSE(changed->hint().empty());
  signal(SIGBUS, SIG_DFL);
}

TEST_CASE("a mapped file that is written to is told of, once, also when it is no longer mapped") {
  const File file(three_pages);
  auto mapped = file.mapped();
  Descriptor(open(file.name().c_str(), O_WRONLY), file.name()).write("new");
  mapped.reset();
  const auto changed = changed_file();
  REQUIRE(changed);
  CHECK(std::string(changed->what()) == file.name() + ": was changed while it was read");
  CHECK_FALSE(changed_file());
}

TEST_CASE(
    "what is written to a mapped file after its answer stands is no change, what follows is") {
  const File file(three_pages);
  auto mapped = file.mapped();
  const auto write = [&](const char* text) {
    Descriptor(open(file.name().c_str(), O_WRONLY | O_APPEND), file.name()).write(text);
  };
  write("late");
  let_files_change();
  CHECK_FALSE(changed_file());
  write("later");
  mapped.reset();
  CHECK(changed_file());
}

TEST_CASE("a file that another takes the place of, or that is deleted, keeps its bytes") {
  const File file(three_pages), other(1);
  const auto mapped = file.mapped();
  REQUIRE(std::rename(other.name().c_str(), file.name().c_str()) == 0);
  CHECK_FALSE(changed_file());
  unlink(file.name().c_str());
  CHECK_FALSE(changed_file());
  CHECK(mapped->bytes()[0] == std::byte{'x'});
}

TEST_CASE("an address in no mapped file is nothing to mend") {
  const int value = 0;
  CHECK_FALSE(mend_cut_file(&value));
}

TEST_CASE("a file that cannot be mapped is an error that names it") {
  CHECK_THROWS_WITH_AS(MappedFile(-1, 1, "a"), "a: cannot be read: Bad file descriptor", IoError);
  const Descriptor null(open("/dev/null", O_RDONLY), "null");
  CHECK_THROWS_WITH_AS(MappedFile(null.number(), 1, "null"),
                       "null: cannot be mapped: No such device", IoError);
  const File file(1);
  const Descriptor open_file(open(file.name().c_str(), O_RDONLY), file.name());
  CHECK_THROWS_WITH_AS(MappedFile(open_file.number(), std::size_t{1} << 62, "a"),
                       "a: has no room in the address space: 4611686018427387904 bytes",
                       LimitError);
}
