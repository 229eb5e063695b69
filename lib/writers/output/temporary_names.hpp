#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

/// A file that is there until its result is shown.
struct Temporary {
  std::string name;
  /// Below 0 where it could not be made, as errno says.
  int descriptor = -1;
  /// In the table of names.
  std::size_t place = 0;
};

/// Makes one beside `path`, in the same folder, and notes its name where a signal handler can find
/// it; where the table is full, such a one just stays after a crash.
Temporary make_temporary(const std::string& path);
void forget_temporary(std::size_t place);

/// Removes the temporaries of all outputs that this process has open, which makes no more of them
/// and has to end then; safe in a signal handler.
void unlink_temporaries() noexcept;

}  // namespace attngraph
