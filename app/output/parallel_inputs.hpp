#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>

namespace attngraph {

/// What the work on one input left behind.
struct InputResult {
  int status = 0;
  std::string out;
  std::string err;
};

/// Calls `work(i, out, err)` for i below `count`, each in a process of its own, `jobs` at a time,
/// and `take` with the results in order. Must be called while the process has one thread.
/// @returns when all are taken, or `take` returns false: then the others are stopped
/// @throws Interrupted where the user asked to stop; the processes are stopped first
void parallel_inputs(
    std::size_t count, std::size_t jobs,
    const std::function<int(std::size_t i, std::ostream& out, std::ostream& err)>& work,
    const std::function<bool(std::size_t i, const InputResult&)>& take);

}  // namespace attngraph
