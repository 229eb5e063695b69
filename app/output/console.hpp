#pragma once

#include <chrono>
#include <iosfwd>
#include <set>
#include <string>

#include "core/error.hpp"
#include "writers/make_sink.hpp"

namespace attngraph {

/// Everything that is said on standard error: notes, errors, and progress where it is a terminal
/// and the work takes over a second.
class Console : public Messages {
 public:
  Console(std::ostream& err, bool terminal, bool quiet)
      : err_(err), terminal_(terminal), quiet_(quiet) {}

  /// Says each thing once, however many inputs it is true of.
  void note(const std::string& text) override;
  /// done of total; throws Interrupted where the user asked to stop
  void progress(std::size_t done, std::size_t total) override;

  /// `attngraph: where: problem` and the hint on a line of its own.
  void error(const Error& error);
  void error(const std::string& text);

 private:
  std::ostream& err_;
  bool terminal_;
  bool quiet_;
  std::set<std::string> noted_;
  bool line_shown_ = false;
  std::size_t last_total_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_;

  void clear_line();
};

}  // namespace attngraph
