#pragma once

#include <cstddef>
#include <string>

#include "core/limits.hpp"
#include "formats/rules.hpp"

namespace attngraph {

/// What one of very many arrays takes beside its numbers until it is answered for: its fields in
/// lists that grow, its shape, strides and owner, what is read from its name, a row of inspect.
inline constexpr std::size_t bytes_of_array = 2048;

/// What a text of this size takes beside its string, within which a short one lies.
constexpr std::size_t bytes_of_text(std::size_t size) {
  constexpr std::size_t within = 15;
  return size > within ? size + within : 0;
}

/// What a reader's finds take of memory, counted as they grow: what is small in the file may be
/// large here.
class TakenMemory {
 public:
  /// @param before bytes that were taken before
  /// @param hint what makes it less
  TakenMemory(const std::string& where, const Limits& limits, std::size_t before,
              const char* hint = less_memory_hint)
      : where_(where), limits_(limits), bytes_(before), hint_(hint) {}

  std::size_t bytes() const { return bytes_; }

  /// @throws LimitError where they and all before exceed `limits.memory`
  void add(std::size_t bytes) {
    require(bytes);
    bytes_ += bytes;
  }
  void give_back(std::size_t bytes) { bytes_ -= bytes; }

  /// That there is room for what goes again. @throws LimitError
  void require(std::size_t bytes) const {
    if (bytes > limits_.memory || bytes_ > limits_.memory - bytes) {
      require_memory(bytes_ + bytes, limits_, where_, hint_);
    }
  }

 private:
  const std::string& where_;
  const Limits& limits_;
  std::size_t bytes_;
  const char* hint_;
};

}  // namespace attngraph
