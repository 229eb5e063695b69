#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace attngraph {

/// Whose mistake it is, or whose limit; a program gives each an exit status of its own.
enum class ErrorKind : char { usage, input, io, limit };

/// What went wrong, for a person: `where: problem`, and a hint that says what to do about it.
/// The library throws these and never prints; the application turns one into a line on stderr.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, std::string where, std::string problem, std::string hint)
      : std::runtime_error(where.empty() ? problem : where + ": " + problem),
        kind_(kind),
        where_(std::move(where)),
        problem_(std::move(problem)),
        hint_(std::move(hint)) {}

  ErrorKind kind() const { return kind_; }
  /// File and place, such as `a.npy: header`; empty where there is no file.
  const std::string& where() const { return where_; }
  /// What is, and what was expected instead.
  const std::string& problem() const { return problem_; }
  /// How to mend it; may be empty.
  const std::string& hint() const { return hint_; }

 private:
  ErrorKind kind_;
  std::string where_;
  std::string problem_;
  std::string hint_;
};

/// The data that was read is not what it must be.
class InputError : public Error {
 public:
  InputError(std::string where, std::string problem, std::string hint = {})
      : Error(ErrorKind::input, std::move(where), std::move(problem), std::move(hint)) {}
};

/// An option or argument is wrong, or two do not go together.
class ArgumentError : public Error {
 public:
  ArgumentError(std::string where, std::string problem, std::string hint = {})
      : Error(ErrorKind::usage, std::move(where), std::move(problem), std::move(hint)) {}
};

/// The work would exceed a limit; the problem names the limit, its flag and its value.
class LimitError : public Error {
 public:
  LimitError(std::string where, std::string problem, std::string hint = {})
      : Error(ErrorKind::limit, std::move(where), std::move(problem), std::move(hint)) {}
};

/// Reading or writing failed.
class IoError : public Error {
 public:
  IoError(std::string where, std::string problem, std::string hint = {})
      : Error(ErrorKind::io, std::move(where), std::move(problem), std::move(hint)) {}
};

/// Throws the error of that kind, for what another process caught.
[[noreturn]] inline void throw_error(ErrorKind kind, const std::string& where,
                                     const std::string& problem, const std::string& hint) {
  switch (kind) {
    case ErrorKind::usage:
      throw ArgumentError(where, problem, hint);
    case ErrorKind::input:
      throw InputError(where, problem, hint);
    case ErrorKind::limit:
      throw LimitError(where, problem, hint);
    case ErrorKind::io:
      break;
  }
  throw IoError(where, problem, hint);
}

/// The user asked to stop (SIGINT, SIGTERM); unwinds so that temporaries are removed.
class Interrupted : public std::runtime_error {
 public:
  explicit Interrupted(int signal) : std::runtime_error("interrupted"), signal_(signal) {}
  int signal() const { return signal_; }

 private:
  int signal_;
};

}  // namespace attngraph
