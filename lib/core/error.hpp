#pragma once

#include <stdexcept>
#include <string>

namespace attngraph {

/// What went wrong, for a person: `where: problem`, and a hint that says what to do about it.
/// The library throws these and never prints; the application turns one into a line on stderr.
class Error : public std::runtime_error {
 public:
  Error(std::string where, std::string problem, std::string hint = {})
      : std::runtime_error(where.empty() ? problem : where + ": " + problem),
        where_(std::move(where)),
        problem_(std::move(problem)),
        hint_(std::move(hint)) {}

  /// File and place, such as `a.npy: header`; empty where there is no file.
  const std::string& where() const { return where_; }
  /// What is, and what was expected instead.
  const std::string& problem() const { return problem_; }
  /// How to mend it; may be empty.
  const std::string& hint() const { return hint_; }

 private:
  std::string where_;
  std::string problem_;
  std::string hint_;
};

/// The data that was read is not what it must be.
class InputError : public Error {
  using Error::Error;
};

/// An option or argument is wrong, or two do not go together.
class ArgumentError : public Error {
  using Error::Error;
};

/// The work would exceed a limit; the problem names the limit, its flag and its value.
class LimitError : public Error {
  using Error::Error;
};

/// Reading or writing failed.
class IoError : public Error {
  using Error::Error;
};

/// The user asked to stop (SIGINT, SIGTERM); unwinds so that temporaries are removed.
class Interrupted : public std::runtime_error {
 public:
  explicit Interrupted(int signal) : std::runtime_error("interrupted"), signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

}  // namespace attngraph
