#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "cli/scratch_folder.hpp"
#include "cli/transcript.hpp"

using namespace attngraph::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> documents() {
  std::vector<std::string> files{ATTNGRAPH_ROOT "/README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(ATTNGRAPH_ROOT "/docs")) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Calls `visit(command, shown)` for each `$ …` in fenced blocks marked `console`; the text it
/// returns stands for what was shown. A command goes on over lines that end with a backslash.
template <typename Visit>
std::string with_runs(const std::string& text, Visit visit) {
  std::string result;
  std::size_t at = 0;
  bool inside = false;
  const auto take_line = [&] {
    const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
    std::string line = text.substr(at, end - at);
    at = end;
    return line;
  };
  while (at < text.size()) {
    std::string line = take_line();
    result += line;
    if (line.starts_with("```")) inside = !inside && line == "```console\n";
    if (!inside || !line.starts_with("$ ")) continue;
    std::string command = line.substr(2, line.size() - 3);
    while (command.ends_with("\\")) {
      line = take_line();
      result += line;
      command += "\n" + line.substr(0, line.size() - 1);
    }
    std::string shown;
    while (at < text.size() && !text.substr(at).starts_with("```") &&
           !text.substr(at).starts_with("$ ")) {
      shown += take_line();
    }
    result += visit(command, shown);
  }
  return result;
}

}  // namespace

TEST_CASE("every example in the documents shows what stands below it") {
  for (const auto& path : documents()) {
    ScratchFolder folder;  // one for each document: its examples may build on each other
    const std::string text = file_text(path);
    const std::string now =
        with_runs(text, [&](const std::string& command, const std::string& expected) {
          const std::string shown = shown_by_shell(command, folder.path());
          INFO(path << ": " << command);
          if (!rebasing()) CHECK(shown == expected);
          return shown;
        });
    if (rebasing()) write_file(path, now);
  }
}
