#pragma once

#include <functional>
#include <string>

#include "core/error.hpp"

namespace attngraph {

/// How work ended: the exit status, and what is to be said where that is not 0.
struct Ending {
  int status = 0;
  std::string message;
  std::string hint;
  /// What `message` begins with: the file and place, or the option; may be empty.
  std::string place = {};
};

/// The exit status for an error of that kind.
int exit_status(ErrorKind kind);

/// Does `work`, and tells what it throws; a file that changed while it was read is to blame for
/// whatever came of it.
Ending ending_of(const std::function<void()>& work);

/// A stop ends the whole call, whatever inputs are left.
inline bool ends_all(int status) { return status > 128; }

}  // namespace attngraph
