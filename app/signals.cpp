#include "signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "core/process/held_signals.hpp"
#include "core/process/mapped_file.hpp"
#include "core/stop.hpp"
#include "writers/output/temporary_names.hpp"

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

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

void end_at_once(int signal) {
  unlink_temporaries();
  die_by_signal(signal);
}

/// What is ignored from the start on, as by nohup, stays so.
bool is_ignored(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

void page_missing(int signal, siginfo_t* where, void*) {
  if (mend_cut_file(where->si_addr)) return;
  end_at_once(signal);
}

void handle_missing_pages() {
  struct sigaction action = {};
  action.sa_sigaction = page_missing;
  action.sa_flags = SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace

void install_signal_handlers() {
  for (const int signal : ending_signals) {
    if (!is_ignored(signal)) handle(signal, ask_for_stop);
  }
  for (const int signal :
       {SIGPIPE, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF}) {
    if (!is_ignored(signal)) handle(signal, end_at_once);
  }
  handle_missing_pages();
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
