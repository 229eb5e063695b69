#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// How another program is called.
struct ProgramCall {
  /// Its name, looked up as a shell does, and its arguments; no shell sees them.
  std::vector<std::string> words;
  /// `NAME=VALUE`, beside what this process has.
  std::vector<std::string> environment;
};

/// What came of it.
struct ProgramEnd {
  /// Exit status; 128 + n where signal n ended it.
  int status = 0;
  std::string output;
  /// The last line of its standard error that is not empty.
  std::string message;
};

/// Runs a program to its end, `input` on its standard input.
/// @throws IoError where it cannot be started; Interrupted
ProgramEnd run_program(const ProgramCall& call, const std::string& input);

}  // namespace attngraph
