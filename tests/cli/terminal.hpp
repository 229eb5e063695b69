#pragma once

#include <cstddef>
#include <string>

namespace attngraph::test {

struct TerminalRun {
  std::string out, err;
  int status = 0;
};

/// Runs a line of a shell whose standard output is a terminal of so many columns. Standard error is
/// a file, so that no progress is shown; standard input is empty.
TerminalRun in_terminal(const std::string& line, std::size_t columns);

}  // namespace attngraph::test
