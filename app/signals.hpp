#pragma once

namespace attngraph {

/// Lets SIGINT, SIGTERM and SIGHUP ask for a stop (core/stop.hpp) instead of ending the process,
/// so that temporaries are removed; a second one ends it at once, after removing them. A mapped
/// input that becomes shorter while it is read (SIGBUS) ends the process with a message and status
/// 4. SIGPIPE is left to end the process quietly. Called once by main; tests do without.
void install_signal_handlers();

/// Ends this process by `signal`, as if it had not been handled.
[[noreturn]] void die_by_signal(int signal);

}  // namespace attngraph
