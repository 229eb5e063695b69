#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace attngraph {

/// A file descriptor that is closed when nobody holds it any more.
class Descriptor {
 public:
  Descriptor() = default;
  /// @param name what it is called in errors
  /// @throws IoError where `number` is none, from errno
  Descriptor(int number, std::string name);
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  int number() const { return number_; }

  /// As write_all.
  void write(std::string_view bytes);
  /// As read_some.
  std::size_t read(char* bytes, std::size_t size);
  /// What was written is safe; a pipe or terminal cannot be synced, and need not be.
  void sync();
  /// @throws IoError where what was written could not be kept
  void close();

 private:
  int number_ = -1;
  std::string name_;
};

/// Writes all of it to a descriptor that is called `name` in errors. A signal may ask for a stop
/// while nobody takes it. @throws IoError, Interrupted
void write_all(int descriptor, std::string_view bytes, const std::string& name);

/// Reads up to `size` bytes of a descriptor that is called `name` in errors; 0 at the end. A signal
/// may ask for a stop while nobody gives any. @throws IoError, Interrupted
std::size_t read_some(int descriptor, char* bytes, std::size_t size, const std::string& name);

/// As open(2), for this process alone; a signal may ask for a stop while nobody opens the other end
/// of a FIFO. @throws Interrupted
int opened(const std::string& path, int flags);

/// Puts something harmless where standard input, output or error are closed, so that no file that
/// is opened later takes their place and gets what is meant for them: reading and writing there
/// fails.
void open_standard_descriptors();

}  // namespace attngraph
