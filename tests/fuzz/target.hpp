#pragma once

#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

namespace attngraph::test {

/// Something that takes any bytes. Its corpus is the folder of its name in corpus/.
struct Target {
  std::string_view name;
  /// Ends the process where a promise is broken; returns otherwise.
  void (*use)(std::string bytes);
  /// An input like this one, for what bytes changed at random would hardly find; may be null.
  std::string (*alike)(const std::string& input, unsigned seed) = nullptr;
};

/// Those of a program: each has its own table, in readers.cpp, writers.cpp or program.cpp.
std::span<const Target> targets();

/// Ends the process where it is not kept, so that a fuzzer keeps the input.
inline void promise(bool kept) {
  if (!kept) std::abort();
}

}  // namespace attngraph::test
