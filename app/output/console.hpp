#pragma once

#include <chrono>
#include <iosfwd>
#include <set>
#include <string>

#include "exit_status.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// Everything that is said on standard error: notes, errors, and progress where it is a terminal
/// and the work takes over a second.
class Console : public Messages {
 public:
  Console(std::ostream& err, bool terminal) : err_(err), terminal_(terminal) {}

  /// No notes and no progress from now on (`--quiet`).
  void be_quiet() { quiet_ = true; }
  /// Errors are JSON objects from now on (`--json`, `--json-errors`).
  void speak_json() { json_ = true; }

  /// Says each thing once, however many inputs it is true of.
  void note(const std::string& text) override;
  /// done of total; throws Interrupted where the user asked to stop
  void progress(std::size_t done, std::size_t total) override;

  /// `attngraph: where: problem` and the hint on a line of its own, or an object of both.
  void error(const Ending& ending);

 private:
  std::ostream& err_;
  bool terminal_;
  bool quiet_ = false;
  bool json_ = false;
  std::set<std::string> noted_;
  bool line_shown_ = false;
  std::size_t last_total_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;

  void clear_line();
};

}  // namespace attngraph
