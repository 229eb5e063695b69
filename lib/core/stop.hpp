#pragma once

namespace attngraph {

/// Asks all work of the process to stop, because of `signal`. May be called in a signal handler.
void request_stop(int signal) noexcept;

/// The signal of the last request_stop, 0 where nobody asked.
int requested_stop() noexcept;

/// Long work calls this every few milliseconds.
/// @throws Interrupted where somebody asked to stop
void check_stop();

}  // namespace attngraph
