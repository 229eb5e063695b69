#pragma once

namespace attngraph {

/// Lets SIGINT, SIGTERM and SIGHUP ask for a stop (core/stop.hpp) instead of ending the process,
/// so that temporaries are removed; a second one ends it at once, after removing them. Where a
/// mapped input is cut off while it is read (SIGBUS), zeros stand, and changed_file tells of it.
/// SIGPIPE is left to end the process quietly. Called once by main; tests do without.
void install_signal_handlers();

/// Ends this process by `signal`, as if it had not been handled.
[[noreturn]] void die_by_signal(int signal);

}  // namespace attngraph
