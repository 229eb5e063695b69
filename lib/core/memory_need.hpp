#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>

#include "core/limits.hpp"

namespace attngraph {

/// Checks before anything is allocated that the product of `factors` bytes is within
/// limits.memory.
/// @param what needs it: `the weights of one head`
/// @param hint what needs less
/// @throws LimitError that names both numbers and the option
void check_memory(const Limits& limits, std::initializer_list<std::size_t> factors,
                  const std::string& what, const std::string& hint);

/// What each of several pieces of work takes while it goes on.
class MemoryNeed {
 public:
  /// Work that takes nothing to speak of.
  MemoryNeed() = default;
  /// Checks as check_memory does that one piece fits.
  MemoryNeed(const Limits& limits, std::initializer_list<std::size_t> factors,
             const std::string& what, const std::string& hint);

  /// How many pieces fit side by side, at most `wanted` and at least 1.
  std::size_t pieces(std::size_t wanted) const;

 private:
  friend class HeldMemory;
  std::size_t bytes_ = 0;
  std::size_t allowed_ = Limits{}.memory;
};

/// Memory that a thread works with, given back at its end. A thread holds one at a time.
class HeldMemory {
 public:
  /// Waits where other threads hold so much that this would be more than is allowed.
  explicit HeldMemory(const MemoryNeed& need);
  ~HeldMemory();
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

 private:
  std::size_t bytes_;
};

}  // namespace attngraph
