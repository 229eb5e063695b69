#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "writers/output/output.hpp"

namespace attngraph {

/// The door to where results go. The real one opens files; tests have a twin in memory.
class Disk {
 public:
  virtual ~Disk() = default;

  /// An output under that name; `-` is standard output.
  /// @throws IoError where it cannot be opened
  virtual std::unique_ptr<Output> open(const std::string& path) = 0;
  virtual bool exists(const std::string& path) const = 0;
  virtual bool is_folder(const std::string& path) const = 0;
  /// One name for all names of the file that is there or would be made, or of an open descriptor,
  /// links followed; empty for what several may write to: devices, pipes.
  virtual std::string place(const std::string& path) const = 0;
};

/// @param out standard output
std::unique_ptr<Disk> real_disk(std::ostream& out);

}  // namespace attngraph
