#include "writers/output/temporary_names.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>

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

 private:
  static constexpr std::size_t places = 64;
  std::array<std::array<char, length>, places> names_;
  std::array<pid_t, places> owners_{};
  std::array<std::atomic<bool>, places> taken_{};
  std::array<std::atomic<bool>, places> ready_{};
};

TemporaryNames temporaries;

}  // namespace

std::size_t name_temporary(const std::string& path) { return temporaries.add(path); }

void forget_temporary(std::size_t place) { temporaries.remove(place); }

void unlink_temporaries() noexcept { temporaries.unlink_all(); }

}  // namespace attngraph
