#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace attngraph {

/// Every count-th input from the index-th on (`--shard`).
struct Shard {
  std::size_t index = 0;
  std::size_t count = 1;
  /// Where the environment said it: what was read.
  std::string note = {};
};

/// What an environment says of a name.
using Environment = std::function<std::optional<std::string>(const std::string&)>;
/// That of this process.
std::optional<std::string> environment_variable(const std::string& name);

/// Reads `I/N`; `auto` is this task's share of a job array of Slurm.
/// @throws ArgumentError for another text, outside of a job array, and where the ids of an array
///   have gaps: no task would then know how many stand before it
Shard shard_named(const std::string& text, const Environment& environment);

}  // namespace attngraph
