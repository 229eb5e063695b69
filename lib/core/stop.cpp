#include "core/stop.hpp"

#include <atomic>

#include "core/error.hpp"

namespace attngraph {
namespace {

// Lock-free, so that a signal handler may write it.
std::atomic<int> stop_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free);

}  // namespace

void request_stop(int signal) noexcept { stop_signal.store(signal, std::memory_order_relaxed); }

int requested_stop() noexcept { return stop_signal.load(std::memory_order_relaxed); }

void check_stop() {
  if (const int signal = requested_stop(); signal != 0) throw Interrupted(signal);
}

}  // namespace attngraph
