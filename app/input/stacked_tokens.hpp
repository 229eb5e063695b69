#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The tokens of files that are stacked: those of one text, of which steps of `generate()` have the
/// more the later they are.
class StackedTokens {
 public:
  /// @param named the request has the labels, so these are not needed
  explicit StackedTokens(bool named) : named_(named) {}

  /// Those beside the arrays of the next file.
  /// @throws InputError where they are those of another text
  void add(const Dump& part, const Family& arrays, Dump& stack);

 private:
  bool named_;
  std::vector<std::string> all_;
  /// The file that has them.
  std::string source_;
};

}  // namespace attngraph
