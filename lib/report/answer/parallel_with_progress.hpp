#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// Calls `work(i)` for each i below `count` by parallel_for; the calling thread tells `sink` how
/// many are done, and all of them stop when the user asks.
template <typename Work>
void parallel_with_progress(std::size_t count, Sink& sink, const Work& work) {
  const auto caller = std::this_thread::get_id();
  std::atomic<std::size_t> done{0};
  parallel_for(count, [&](std::size_t i) {
    check_stop();
    if (std::this_thread::get_id() == caller) sink.progress(done, count);
    work(i);
    ++done;
  });
}

}  // namespace attngraph
