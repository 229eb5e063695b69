#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace attngraph {

/// Where the bytes of a result go. A result is written, completed (every byte is safe), and then
/// shown; destroyed before that, a file leaves no trace and the old one stays.
class Output {
 public:
  virtual ~Output() = default;
  /// @throws IoError where the bytes cannot be written
  virtual void write(std::string_view bytes) = 0;
  /// Everything written is on its way: flushed, and synced where it is a file.
  virtual void complete() = 0;
  /// The completed result appears under its name.
  virtual void show() = 0;
  /// Shows it, and keeps what it replaces until this is destroyed.
  virtual void show_revocably() { show(); }
  /// After show_revocably: what it replaced is there again, or nothing.
  virtual void take_back() noexcept {}
};

/// Writes to a stream that is called `name` in errors; what it took cannot be taken back.
std::unique_ptr<Output> stream_output(std::ostream& stream, const std::string& name);

/// Writes to a temporary in the folder of `path`, which `show` renames; a device or FIFO is written
/// directly.
/// @throws IoError where it cannot be opened, or is a directory
std::unique_ptr<Output> file_output(const std::string& path);

/// Removes the temporaries of all outputs that are open; safe in a signal handler.
void unlink_temporaries() noexcept;

}  // namespace attngraph
