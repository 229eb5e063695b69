#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <set>
#include <string>

#include "exit_status.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// Everything that is said on standard error: notes, errors, and progress where it is a terminal
/// and the work takes over a second.
class Console : public Messages {
 public:
  /// @param columns of the terminal; nothing where it is none
  Console(std::ostream& err, std::optional<std::size_t> columns) : err_(err), columns_(columns) {}

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
  std::optional<std::size_t> columns_;
  bool quiet_ = false;
  bool json_ = false;
  std::set<std::string> noted_;
  bool line_shown_ = false;
  std::size_t last_total_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;

  /// `label: text`, in a terminal broken between words, with the label standing out.
  void say(const std::string& label, const std::string& text);
  void clear_line();
};

}  // namespace attngraph
