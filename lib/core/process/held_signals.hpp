#pragma once

#include <signal.h>

#include <array>

namespace attngraph {

/// Signals by which a user ends work.
inline constexpr std::array<int, 3> ending_signals{SIGINT, SIGTERM, SIGHUP};

/// Keeps these signals from the calling thread until it is destroyed, and from threads that are
/// made meanwhile for ever.
class HeldSignals {
 public:
  HeldSignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : ending_signals) sigaddset(&held, signal);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  ~HeldSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace attngraph
