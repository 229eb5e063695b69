#include "core/memory_need.hpp"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>

#include "core/checked.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

/// What all threads hold.
struct Held {
  std::mutex mutex;
  std::condition_variable given_back;
  std::size_t bytes = 0;
};

thread_local bool holding = false;

Held& held() {
  static Held all;
  return all;
}

std::size_t checked_need(const Limits& limits, std::initializer_list<std::size_t> factors,
                         const std::string& what, const std::string& hint) {
  const auto need = checked_product(std::span(factors.begin(), factors.size()));
  if (need && *need <= limits.memory) return *need;
  const std::string bytes =
      need ? std::to_string(*need) + " bytes" : "more bytes than there can be";
  throw LimitError("",
                   what + " would need " + bytes + " of memory, more than $max-memory " +
                       std::to_string(limits.memory),
                   hint);
}

}  // namespace

void check_memory(const Limits& limits, std::initializer_list<std::size_t> factors,
                  const std::string& what, const std::string& hint) {
  checked_need(limits, factors, what, hint);
}

MemoryNeed::MemoryNeed(const Limits& limits, std::initializer_list<std::size_t> factors,
                       const std::string& what, const std::string& hint)
    : bytes_(checked_need(limits, factors, what, hint)), allowed_(limits.memory) {}

std::size_t MemoryNeed::pieces(std::size_t wanted) const {
  return bytes_ == 0 ? wanted : std::clamp<std::size_t>(allowed_ / bytes_, 1, wanted);
}

HeldMemory::HeldMemory(const MemoryNeed& need) : bytes_(need.bytes_) {
  if (bytes_ == 0) return;
  assert(!holding);  // two threads that each hold some would wait for each other's
  holding = true;
  std::unique_lock lock(held().mutex);
  held().given_back.wait(lock, [&] {
    return held().bytes == 0 || need.allowed_ - std::min(held().bytes, need.allowed_) >= bytes_;
  });
  held().bytes += bytes_;
}

HeldMemory::~HeldMemory() {
  if (bytes_ == 0) return;
  holding = false;
  {
    const std::lock_guard lock(held().mutex);
    held().bytes -= bytes_;
  }
  held().given_back.notify_all();
}

}  // namespace attngraph
