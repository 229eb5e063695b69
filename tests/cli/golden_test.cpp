#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "cli/transcript.hpp"

using namespace attngraph::test;

namespace {

std::vector<std::string> golden_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ATTNGRAPH_ROOT "/tests/cli")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("every golden run shows what its file says") {
  const auto files = golden_files();
  REQUIRE_FALSE(files.empty());
  for (const auto& path : files) {
    const std::string text = file_text(path);
    const auto line = text.find('\n');
    const std::string command = text.substr(2, line - 2);  // behind "$ "
    const std::string shown = shown_in_process(command);
    if (rebasing()) {
      write_file(path, "$ " + command + "\n" + shown);
      continue;
    }
    INFO(path);
    CHECK(shown == text.substr(line + 1));
  }
}
