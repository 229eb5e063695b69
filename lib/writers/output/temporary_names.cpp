#include "writers/output/temporary_names.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace attngraph {
namespace {

/// Names of temporaries, where a signal handler can find them: it must not allocate or lock.
class TemporaryNames {
 public:
  static constexpr std::size_t length = 4096;

  /// @returns its place, or `places` where the table is full: such a one just stays after a crash
  std::size_t add(const std::string& path) {
    if (path.size() >= length) return places;
    for (std::size_t i = 0; i < places; ++i) {
      bool free = false;
      if (!taken_[i].compare_exchange_strong(free, true)) continue;
      std::memcpy(names_[i].data(), path.c_str(), path.size() + 1);
      owners_[i] = getpid();
      ready_[i].store(true);
      return i;
    }
    return places;
  }

  void remove(std::size_t place) {
    if (place == places) return;
    ready_[place].store(false);
    taken_[place].store(false);
  }

  /// Those of this process: a forked one has the names of its parent's, too.
  void unlink_all() noexcept {
    for (std::size_t i = 0; i < places; ++i) {
      if (ready_[i].load() && owners_[i] == getpid()) unlink(names_[i].data());
    }
  }

  static constexpr std::size_t places = 64;

 private:
  std::array<std::array<char, length>, places> names_;
  std::array<pid_t, places> owners_{};
  std::array<std::atomic<bool>, places> taken_{};
  std::array<std::atomic<bool>, places> ready_{};
};

TemporaryNames temporaries;

/// What mkostemp makes a name of, in the same folder and no longer than a name may be.
std::string temporary_beside(const std::string& path) {
  constexpr std::string_view mark = ".XXXXXX";
  const std::size_t name = path.rfind('/') + 1;
  return path.substr(0, std::min(path.size(), name + NAME_MAX - mark.size())) + std::string(mark);
}

/// Held between the making of a file and the noting of its name, so that a signal handler in
/// another thread finds both or neither.
std::atomic<bool> making = false;

/// Takes the turn; safe in a signal handler.
/// @returns whether nobody had it for so many milliseconds
bool take_turn(int milliseconds) noexcept {
  for (; making.exchange(true); --milliseconds) {
    if (milliseconds == 0) return false;
    poll(nullptr, 0, 1);
  }
  return true;
}

/// No signal comes in this thread between the making of a file and the noting of its name.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~NoSignals() {
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

Temporary make_temporary(const std::string& path) {
  Temporary made{temporary_beside(path)};
  const NoSignals held;
  while (!take_turn(1)) {
  }
  made.descriptor = mkostemp(made.name.data(), O_CLOEXEC);
  made.place = made.descriptor < 0 ? TemporaryNames::places : temporaries.add(made.name);
  making = false;
  return made;
}

void forget_temporary(std::size_t place) { temporaries.remove(place); }

// The turn is kept: no other thread makes one more before the process ends.
void unlink_temporaries() noexcept {
  take_turn(1000);  // a handler that this one interrupts has it and gives it to nobody
  temporaries.unlink_all();
}

}  // namespace attngraph
