#pragma once

#include <sys/types.h>

#include <functional>

#include "core/process/descriptor.hpp"

namespace attngraph {

/// Whether a child has this process's handlers and hears of a parent that is gone by an error, so
/// that it can put away what it has open, or ends at once on a signal.
enum class ChildSignals { handled, deadly };

/// A copy of this process that does some work and writes to a pipe; ended when it is destroyed. It
/// sees this process as it is now and changes nothing in it. Made before any thread.
class Child {
 public:
  /// @param work what the child does, and then ends; it must not throw
  /// @throws IoError where no process can be made
  Child(ChildSignals signals, const std::function<void(Descriptor& to_parent)>& work);
  ~Child();
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;

  /// What it writes.
  Descriptor& from() { return from_; }

  /// Asks it to end, and hears no more of it; the destructor waits for it.
  void end();
  /// In a child: what another, made before it, writes is not for it. While somebody could read it,
  /// that other would not find out that its parent is gone.
  void leave() { from_ = Descriptor(); }

  /// Waits for its end. @returns its exit status; 128 + n where signal n ended it
  int status();

 private:
  pid_t process_ = 0;
  Descriptor from_;
};

}  // namespace attngraph
