#include "core/process/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/process/held_signals.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

IoError not_started() {
  return {"worker process", std::string("cannot be started: ") + std::strerror(errno),
          "$jobs 1 needs none"};
}

/// Forks; the child has the handlers that it should. @returns as fork
pid_t forked(ChildSignals signals) {
  // A child has this process's handlers at first: run in the middle of fork, one that allocates
  // memory waits for ever.
  const HeldSignals held;
  const pid_t process = fork();
  if (process != 0) return process;
  if (signals == ChildSignals::deadly) {
    for (const int signal : ending_signals) ::signal(signal, SIG_DFL);
  }
  ::signal(SIGPIPE, signals == ChildSignals::deadly ? SIG_DFL : SIG_IGN);
  return process;
}

}  // namespace

Child::Child(ChildSignals signals, const std::function<void(Descriptor&)>& work) {
  std::array<int, 2> ends;
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw not_started();
  from_ = Descriptor(ends[0], "worker process");
  Descriptor to(ends[1], "worker process");
  process_ = forked(signals);
  if (process_ < 0) throw not_started();
  if (process_ > 0) return;
  abandon_threads();
  from_ = Descriptor();
  try {
    work(to);
  } catch (...) {
    _exit(70);  // nothing of this process's parent unwinds here
  }
  _exit(0);
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, 0)), from_(std::move(other.from_)) {}

void Child::end() {
  if (process_ <= 0) return;
  from_ = Descriptor();
  kill(process_, SIGTERM);
}

Child::~Child() {
  if (process_ <= 0) return;
  end();
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

int Child::status() {
  int status = 0;
  while (waitpid(process_, &status, 0) < 0) {
    if (errno != EINTR) throw IoError("worker process", std::strerror(errno));
    check_stop();
  }
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace attngraph
