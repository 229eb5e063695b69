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

/// The columns that a first line such as `# 80 columns` names; 0 where there is none.
std::size_t terminal_columns(const std::string& text) {
  return text.starts_with("# ") ? std::stoul(text.substr(2)) : 0;
}

/// A run without a terminal, or in one as wide as the first line says.
void check_golden(const std::string& path) {
  const std::string text = file_text(path);
  const std::size_t columns = terminal_columns(text);
  const auto begin = columns > 0 ? text.find('\n') + 1 : 0;
  const auto line = text.find('\n', begin);
  const std::string command = text.substr(begin + 2, line - begin - 2);  // behind "$ "
  const std::string shown =
      columns > 0 ? shown_by_shell(command, ATTNGRAPH_ROOT, columns) : shown_in_process(command);
  if (rebasing()) return write_file(path, text.substr(0, line + 1) + shown);
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
