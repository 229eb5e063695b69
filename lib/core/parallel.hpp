#pragma once

#include <cstddef>
#include <functional>

namespace attngraph {

/// How many threads our own kernels may use in this process, the calling one included; 1 until it
/// is set. A forked process must set it to 1: it has none of its parent's threads.
void set_worker_threads(std::size_t count);
std::size_t worker_threads();

/// In a process that was just forked: the threads of the process it came from are not there, so
/// everything runs on the calling one.
void abandon_threads();

/// Which of the worker_threads() the calling code runs on: 0 for the thread that calls
/// parallel_for, and outside of it.
std::size_t worker_index();

/// Calls `work(i)` once for each i below `count`, on up to worker_threads() threads, and returns
/// when all are done. `work` must not reach igraph; a parallel_for within it stays on its thread.
/// @throws what the call with the lowest i threw
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& work);

/// How many results of parallel_in_order can wait at a time: work(i) begins after
/// finish(i - results_in_flight()), so i % results_in_flight() is a place nobody else uses.
std::size_t results_in_flight();

/// Calls `work(i)` as parallel_for does, and `finish(i)` for each i in order, on the calling
/// thread, while other threads go on working. For work whose results are written as they come.
/// @throws what the call with the lowest i threw, after `finish` of all before it
void parallel_in_order(std::size_t count, const std::function<void(std::size_t)>& work,
                       const std::function<void(std::size_t)>& finish);

}  // namespace attngraph
