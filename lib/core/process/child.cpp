#include "core/process/child.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

IoError not_started() {
  return {"worker process", std::string("cannot be started: ") + std::strerror(errno),
          "$jobs 1 needs none"};
}

}  // namespace

Child::Child(ChildSignals signals, const std::function<void(Descriptor&)>& work) {
  std::array<int, 2> ends;
  if (pipe(ends.data()) != 0) throw not_started();
  from_ = Descriptor(ends[0], "worker process");
  Descriptor to(ends[1], "worker process");
  process_ = fork();
  if (process_ < 0) throw not_started();
  if (process_ > 0) return;
  if (signals == ChildSignals::deadly) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
  }
  ::signal(SIGPIPE, signals == ChildSignals::deadly ? SIG_DFL : SIG_IGN);
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

Child::~Child() {
  if (process_ <= 0) return;
  from_ = Descriptor();
  kill(process_, SIGTERM);
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
