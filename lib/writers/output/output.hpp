#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"

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

/// Writes to a descriptor that is open, and stays so; what it took cannot be taken back.
/// @param name what it is called in errors
std::unique_ptr<Output> descriptor_output(int descriptor, const std::string& name);

/// Writes to a temporary in the folder of `path`, which `show` renames: the result has the mode of
/// the file that it replaces. A device or FIFO is written directly, and so is what a name of an
/// open descriptor leads to, as `/dev/stdout` does.
/// @throws IoError where it cannot be opened or may not be written, or is a directory
std::unique_ptr<Output> file_output(const std::string& path);

/// What to throw where the folder of a path does not exist.
IoError no_folder(const std::string& path, const std::string& folder);

/// The path behind symbolic links, so that renaming replaces the file and not the link.
/// @throws IoError where links lead in a circle
std::string real_path(const std::string& path);

/// The descriptor that a path is a name of, itself or through links, such as 1 of `/dev/stdout`.
std::optional<int> named_descriptor(const std::string& path);

}  // namespace attngraph
