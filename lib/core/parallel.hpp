#pragma once

#include <cstddef>
#include <functional>

namespace attngraph {

/// How many threads our own kernels may use in this process, the calling one included; 1 until it
/// is set. A forked process must set it to 1: it has none of its parent's threads.
void set_worker_threads(std::size_t count);
std::size_t worker_threads();

/// Calls `work(i)` once for each i below `count`, on up to worker_threads() threads, and returns
/// when all are done. `work` must not call parallel_for itself, nor reach igraph.
/// @throws what the call with the lowest i threw
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace attngraph
