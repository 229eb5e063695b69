#include "signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "core/stop.hpp"
#include "writers/output/output.hpp"

namespace attngraph {
namespace {

volatile sig_atomic_t asked_already = 0;

void ask_for_stop(int signal) {
  if (asked_already != 0) {
    unlink_temporaries();
    die_by_signal(signal);
  }
  asked_already = 1;
  request_stop(signal);
}

void input_vanished(int) {
  constexpr char text[] =
      "attngraph: an input file became shorter while it was read\n"
      "hint: wait until the file is written, or copy it first\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text, sizeof text - 1);
  unlink_temporaries();
  _exit(4);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void install_signal_handlers() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) handle(signal, ask_for_stop);
  handle(SIGBUS, input_vanished);
  handle(SIGXFSZ, SIG_IGN);  // writing then fails, and says so
}

void die_by_signal(int signal) {
  handle(signal, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  raise(signal);
  _exit(128 + signal);
}

}  // namespace attngraph
