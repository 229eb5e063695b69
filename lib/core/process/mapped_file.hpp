#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/error.hpp"

namespace attngraph {

/// The bytes of a file where the system maps them. Somebody may cut or rewrite the file meanwhile;
/// then nothing that was read counts, and changed_file tells.
class MappedFile {
 public:
  /// Maps the first `size` bytes of an open file; the descriptor may be closed afterwards.
  /// @param path its name, in errors too
  /// @throws IoError, LimitError where the address space is too small
  MappedFile(int file, std::size_t size, const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const;

  struct Place;

 private:
  Place* place_;
};

/// What to throw where a file was cut or rewritten while it was mapped, since the last call; a file
/// that another took the place of still has its bytes. Asked when all work on an input is done,
/// whatever came of it.
std::optional<IoError> changed_file();

/// What changed up to now is no change: the answer to what is mapped stands already. What is cut
/// off and read after all is still told of.
void let_files_change();

/// Puts zeros where a mapped file was cut off, from the page of `address` on, so that reading there
/// goes on until changed_file is asked. For a handler of SIGBUS.
/// @returns whether `address` lies in a mapped file
bool mend_cut_file(const void* address) noexcept;

}  // namespace attngraph
