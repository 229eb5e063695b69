#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "writers/output/output.hpp"
#include "writers/output/temporary_names.hpp"

using namespace attngraph;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "attngraph.XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

void finish(Output& output) {
  output.complete();
  output.show();
}

}  // namespace

TEST_CASE("A file appears whole, under its name, only when it is shown") {
  const Folder folder;
  put(folder / "a.csv", "old");
  const auto output = file_output(folder / "a.csv");
  output->write("new ");
  output->write("text");
  output->complete();
  CHECK(content(folder / "a.csv") == "old");
  output->show();
  CHECK(content(folder / "a.csv") == "new text");
  CHECK(folder.files() == 1);
}

TEST_CASE("What was shown can be taken back until the output is destroyed") {
  const Folder folder;
  put(folder / "old.csv", "old");
  for (const char* name : {"old.csv", "none.csv"}) {
    const auto output = file_output(folder / name);
    output->write("new");
    output->complete();
    output->show_revocably();
    CHECK(content(folder / name) == "new");
    output->take_back();
  }
  CHECK(content(folder / "old.csv") == "old");
  CHECK(folder.files() == 1);
  {
    const auto output = file_output(folder / "old.csv");
    output->write("new");
    output->complete();
    output->show_revocably();
  }
  CHECK(content(folder / "old.csv") == "new");
  CHECK(folder.files() == 1);
}

TEST_CASE("An output that is given up leaves the old file and no temporary") {
  const Folder folder;
  put(folder / "a.csv", "old");
  {
    const auto written = file_output(folder / "a.csv");
    written->write("new");
    const auto completed = file_output(folder / "b.csv");
    completed->write("new");
    completed->complete();
    CHECK(folder.files() == 3);
  }
  CHECK(content(folder / "a.csv") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("Of two results both appear or none") {
  const Folder folder;
  const auto two_results = [&](const std::string& second) {
    const auto a = file_output(folder / "a.csv");
    const auto b = file_output(second);
    a->write("a");
    b->write("b");
    a->complete();
    b->complete();
    a->show();
    b->show();
  };
  CHECK_THROWS_AS(two_results("/dev/full"), IoError);
  CHECK(folder.files() == 0);
  two_results(folder / "b.csv");
  CHECK(content(folder / "a.csv") + content(folder / "b.csv") == "ab");
}

TEST_CASE("A new file has the permissions that the umask leaves") {
  const Folder folder;
  const mode_t before = umask(027);
  const auto output = file_output(folder / "a.csv");
  umask(before);
  finish(*output);
  struct stat status = {};
  REQUIRE(stat((folder / "a.csv").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("A result has the mode of the file that it replaces") {
  const Folder folder;
  put(folder / "a.csv", "old");
  fs::permissions(folder / "a.csv", fs::perms(0600));
  finish(*file_output(folder / "a.csv"));
  CHECK(fs::status(folder / "a.csv").permissions() == fs::perms(0600));
}

TEST_CASE("What names an open descriptor writes where that stands, and replaces nothing") {
  const Folder folder;
  const int file = open((folder / "log").c_str(), O_WRONLY | O_CREAT, 0600);
  REQUIRE(file >= 0);
  REQUIRE(write(file, "head ", 5) == 5);
  for (const char* names : {"/dev/fd/", "/proc/self/fd/"}) {
    const std::string name = names + std::to_string(file);
    CHECK(named_descriptor(name) == file);
    const auto output = file_output(name);
    output->write("text ");
    finish(*output);
  }
  REQUIRE(write(file, "tail", 4) == 4);
  close(file);
  CHECK(content(folder / "log") == "head text text tail");
  CHECK_THROWS_AS(file_output("/dev/fd/987654"), IoError);
  const int own = open((folder / "own").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  CHECK_THROWS_AS(file_output("/dev/fd/" + std::to_string(own)), IoError);
  close(own);
  fs::create_symlink("/dev/stdout", folder / "link");
  CHECK(named_descriptor(folder / "link") == STDOUT_FILENO);
  CHECK(named_descriptor("/dev/../dev//fd/1") == STDOUT_FILENO);
  CHECK_FALSE(named_descriptor(folder / "log"));
}

TEST_CASE("A name as long as names may be has a temporary all the same") {
  const Folder folder;
  const std::string name = std::string(255 - 4, 'a') + ".csv";
  const auto output = file_output(folder / name);
  output->write("new");
  CHECK(folder.files() == 1);
  finish(*output);
  CHECK(content(folder / name) == "new");
}

TEST_CASE("A link to a file that is not there yet makes it; links in a circle are refused") {
  const Folder folder;
  fs::create_symlink("real.csv", folder / "link.csv");
  const auto output = file_output(folder / "link.csv");
  output->write("new");
  finish(*output);
  CHECK(fs::is_symlink(folder / "link.csv"));
  CHECK(content(folder / "real.csv") == "new");
  fs::create_symlink("b.csv", folder / "a.csv");
  fs::create_symlink("a.csv", folder / "b.csv");
  CHECK_THROWS_AS(file_output(folder / "a.csv"), IoError);
  CHECK(fs::is_symlink(folder / "a.csv"));
}

TEST_CASE("A symbolic link stays and what it points to is replaced") {
  const Folder folder;
  put(folder / "real.csv", "old");
  fs::create_symlink("real.csv", folder / "link.csv");
  const auto output = file_output(folder / "link.csv");
  output->write("new");
  finish(*output);
  CHECK(fs::is_symlink(folder / "link.csv"));
  CHECK(content(folder / "real.csv") == "new");
}

TEST_CASE("A folder and a place that is not there are refused with a text") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(file_output("/usr"), "/usr: is a directory, expected the name of a file",
                       IoError);
  const std::string nowhere = folder / "none/a.csv";
  try {
    file_output(nowhere);
    FAIL("opened");
  } catch (const IoError& error) {
    CHECK(error.where() == nowhere);
    CHECK(error.problem() == "there is no folder " + (folder / "none"));
    CHECK(error.hint() == "make it first: mkdir -p " + (folder / "none"));
  }
}

TEST_CASE("A device is written directly and a full one is an error") {
  const auto null = file_output("/dev/null");
  null->write("gone");
  finish(*null);
  CHECK(fs::is_character_file("/dev/null"));
  const auto full = file_output("/dev/full");
  CHECK_THROWS_WITH_AS(full->write("x"), "/dev/full: cannot be written: No space left on device",
                       IoError);
}

TEST_CASE("A FIFO is written directly and stays a FIFO") {
  const Folder folder;
  const std::string fifo = folder / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = content(fifo); });
  const auto output = file_output(fifo);
  output->write("through");
  finish(*output);
  reader.join();
  CHECK(got == "through");
  CHECK(fs::is_fifo(fifo));
}

TEST_CASE("A stream that fails is an error that names it") {
  std::ofstream full("/dev/full");
  const auto output = stream_output(full, "standard output");
  output->write("x");  // still in the stream's buffer
  CHECK_THROWS_WITH_AS(output->complete(),
                       "standard output: cannot be written: No space left on device", IoError);
}

TEST_CASE("A signal handler can remove the temporaries") {
  const Folder folder;
  const pid_t child = fork();
  if (child == 0) {
    const auto a = file_output(folder / "a.csv");
    const auto b = file_output(folder / "b.csv");
    const std::size_t before = folder.files();
    unlink_temporaries();
    _exit(before == 2 ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(folder.files() == 0);
}

TEST_CASE("Many files can be open at once") {
  const Folder folder;
  std::vector<std::unique_ptr<Output>> outputs;
  for (int i = 0; i < 150; ++i) outputs.push_back(file_output(folder / std::to_string(i)));
  for (const auto& output : outputs) finish(*output);
  CHECK(folder.files() == 150);
}
