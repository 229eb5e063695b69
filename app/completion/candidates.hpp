#pragma once

#include <string>
#include <vector>

namespace attngraph {

struct CompletionWord {
  std::string word;
  /// A few words; may be empty.
  std::string about;
};

/// What may stand in place of a word.
struct Completed {
  enum class Kind { words, list, files };
  /// A list goes on behind a comma; files are known to the shell.
  Kind kind = Kind::words;
  std::vector<CompletionWord> candidates = {};
};

/// What may stand in place of the last of `words`, the others being those before it on the command
/// line, without the program's name. Not only what begins with what is typed: shells choose.
Completed completed(const std::vector<std::string>& words);

}  // namespace attngraph
