#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "input/file_member.hpp"
#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Puts the arrays of several files below each other. A file that gives one array names it. Where
/// one gives several, each is called by both, `step_0.npz:layer_1`, and their numbers are read as
/// in one archive; layers of which each stands in one file alone keep their own names.
class StackedArrays {
 public:
  /// The arrays of the next file.
  /// @param input what it is called, of those in natural order, its member too where one was named
  void add(const FileMember& input, const Dump& part, const Family& arrays);

  bool empty() const { return files_.empty(); }
  /// @throws InputError where names leave open what several arrays of a file are, or contradict the
  /// layer that a file says it is
  void finish(Dump& stack) const;

 private:
  struct File {
    /// With its member where one was named, and without.
    std::string name, path;
    Family arrays;
    std::optional<std::int64_t> layer;
  };
  std::vector<File> files_;

  bool hold_several() const;
  bool hold_layers_of_their_own() const;
  void check_layers(Dump& stack) const;
};

}  // namespace attngraph
