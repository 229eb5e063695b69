#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "cli/transcript.hpp"

using namespace attngraph::test;

namespace {

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(ATTNGRAPH_ROOT "/tests/cli")) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void check_golden(const std::string& path) {
  const std::string text = file_text(path);
  const auto line = text.find('\n');
  const std::string command = text.substr(2, line - 2);  // behind "$ "
  const std::string shown = shown_in_process(command);
  if (rebasing()) return write_file(path, "$ " + command + "\n" + shown);
  INFO(path);
  CHECK(shown == text.substr(line + 1));
}

}  // namespace

// A subcase each; ctest has them as cli.NAME.
TEST_CASE("every golden run shows what its file says") {
  const auto names = golden_names();
  REQUIRE_FALSE(names.empty());
  for (const auto& name : names) {
    SUBCASE(name.c_str()) { check_golden(ATTNGRAPH_ROOT "/tests/cli/" + name + ".txt"); }
  }
}
