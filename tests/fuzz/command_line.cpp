#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "command.hpp"
#include "core/text/text.hpp"
#include "formats/encoders.hpp"
#include "fuzz/questions.hpp"
#include "fuzz/target.hpp"
#include "help/first_word.hpp"
#include "help/help.hpp"
#include "run.hpp"

namespace attngraph::test {
namespace {

using Words = std::vector<std::string>;

/// The small files that words may name.
const std::map<std::string, std::string>& small_files() {
  static const std::vector<double> weights{1, 0, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5};
  static const std::string attention = npy_file("<f8", "(1, 1, 3, 3)", raw(weights));
  static const std::map<std::string, std::string> files{
      {"a.npy", attention},
      {"b.npy", npy_file("<f8", "(2, 1, 3, 3)", raw(weights) + raw(weights))},
      {"qkv.npz", zip_file({{"q.npy", attention}, {"k.npy", attention}, {"v.npy", attention}})},
      {"t.json", R"({"tokens": ["the", "cat", "."], "attention": [[1, 0], [0.5, 0.5]]})"},
      {"e.csv", "source,target,weight\na,b,0.5\nb,c,0.25\nc,a,1\n"},
      {"names.txt", "a.npy\nb.npy\n"}};
  return files;
}

/// A folder of its own in memory, which a command line can neither leave nor change for the next.
class Scratch {
 public:
  Scratch() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent = exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string path = parent / "attngraph-fuzz-XXXXXX";
    promise(mkdtemp(path.data()) != nullptr);
    folder_ = path;
    refill();
    setenv("PATH", "/nowhere", 1);  // no rsvg-convert
    std::atexit([] { std::filesystem::remove_all(scratch().folder_); });
  }

  /// The one of this process, made at its first use.
  static Scratch& scratch() {
    static auto* const one = new Scratch;
    return *one;
  }

  void enter() {
    before_ = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    promise(before_ >= 0 && chdir(folder_.c_str()) == 0);
  }
  void leave() {
    struct stat status = {};
    if (stat(".", &status) != 0 || status.st_mtim.tv_sec != 0) refill();
    promise(fchdir(before_) == 0 && close(before_) == 0);
  }

 private:
  std::filesystem::path folder_;
  int before_ = -1;

  /// Whatever appears or goes changes the folder's time, which is 0 until then.
  void refill() {
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      std::filesystem::remove_all(entry.path());
    }
    for (const auto& [name, bytes] : small_files()) {
      std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    const timespec times[2] = {};
    promise(utimensat(AT_FDCWD, folder_.c_str(), times, 0) == 0);
  }
};

Words words_in(const std::string& bytes) {
  Words words;
  std::istringstream lines(bytes);
  for (std::string line; std::getline(lines, line);) words.push_back(line);
  return words;
}

std::string lines_of(const Words& words) {
  std::string lines;
  for (const std::string& word : words) lines += word + "\n";
  return lines;
}

/// No other folder, and no other process.
bool stays_here(const std::string& word) {
  return word.find_first_of(std::string_view("/\0", 2)) == word.npos && !word.starts_with("-j") &&
         !word.starts_with("--j");
}

bool is_command(const std::string& word) { return find_command(word) != nullptr; }

/// What is said on standard error: lines that a terminal may show, and an error where one is.
void check_said(const std::string& said, int status) {
  constexpr std::size_t most = 1 << 16;
  promise(said.size() < most && invalid_utf8(said) == std::string::npos);
  for (const char c : said) promise(c == '\n' || (c >= ' ' && c != '\x7f') || c < 0);
  promise(status == 0 || !said.empty());
  promise(status == 0 || said.ends_with('\n'));
}

/// Every word that some command knows, and the files that are there.
const Words& known_words() {
  static const Words words = [] {
    Words all = first_words();
    for (const auto& [name, bytes] : small_files()) all.push_back(name);
    for (const char* other : {"-", "0", "1", "last", "0.5", "0-1", "a:0-1", "qkv.npz:q", "x.csv",
                              "x.svg", "{stem}.json", "x.npy", "--", "-h", "", "x.csv.gz"}) {
      all.push_back(other);
    }
    for (const CommandMaker make : command_makers()) {
      for (const DeclaredOption& option : declarations_of(*make()).options) {
        all.push_back(option.name);
        all.insert(all.end(), option.choices.begin(), option.choices.end());
      }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }();
  return words;
}

}  // namespace

void use_command_line(std::string bytes) {
  Words words = words_in(bytes);
  if (words.empty() || !std::all_of(words.begin(), words.end(), stays_here)) return;
  if (is_command(words.front())) words.insert(words.begin() + 1, "--jobs=1");
  std::istringstream in(small_files().at("a.npy"));
  std::ostringstream out, err;
  Scratch::scratch().enter();
  const int status = run(words, in, out, err);
  Scratch::scratch().leave();
  promise(status >= 0 && status <= 5);
  promise(status != 2 || out.str().empty());
  check_said(err.str(), status);
}

std::string other_command_line(const std::string& input, unsigned seed) {
  Words words = words_in(input);
  const std::string& known = known_words()[seed / 64 % known_words().size()];
  const std::size_t place = words.empty() ? 0 : seed / 4 % 16 % (words.size() + 1);
  const auto at = words.begin() + static_cast<std::ptrdiff_t>(place);
  if (seed % 4 == 0 && at != words.end()) {
    words.erase(at);
  } else if (seed % 4 == 1 && at != words.end()) {
    *at = known;
  } else {
    words.insert(at, known);
  }
  return lines_of(words);
}

}  // namespace attngraph::test
