#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace attngraph {

/// Where the bytes of a result go. An Output destroyed before commit() leaves what was there
/// before. Two results are written both or neither: prepare both, then commit both.
class Output {
 public:
  virtual ~Output() = default;

  /// @throws IoError
  virtual void write(std::string_view bytes) = 0;
  /// Everything is written and safe on the disk; nothing is visible yet under the final name.
  /// @throws IoError
  virtual void prepare() = 0;
  /// Makes the prepared bytes the file.
  /// @throws IoError
  virtual void commit() = 0;

  void finish() {
    prepare();
    commit();
  }
};

/// Bytes go to `stream`, flushed and checked by prepare(); `name` stands in errors.
std::unique_ptr<Output> stream_output(std::ostream& stream, std::string name = "standard output");

/// Bytes go to a temporary file beside `path` that takes its name at commit(). A symbolic link is
/// followed; a device or a FIFO is written directly.
/// @throws IoError where the file cannot be made, or `path` is a directory
std::unique_ptr<Output> file_output(const std::string& path);

/// Removes the temporaries of all file outputs that are open: for a signal handler.
void unlink_temporaries() noexcept;

}  // namespace attngraph
