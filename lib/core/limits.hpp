#pragma once

#include <cstddef>
#include <limits>

namespace attngraph {

/// Bounds on what a hostile or mistaken input may cost. The application fills them from the
/// machine and the command line.
struct Limits {
  /// Bytes the tool may allocate for data (`max-memory`).
  std::size_t memory = std::numeric_limits<std::size_t>::max();
  /// Longest token label in bytes (`max-label`).
  std::size_t label = 4096;
};

}  // namespace attngraph
