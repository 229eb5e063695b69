#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/memory_need.hpp"
#include "core/parallel.hpp"
#include "core/process/forked_workers.hpp"
#include "core/process/packed.hpp"
#include "core/stop.hpp"

namespace attngraph {

/// Where work goes on side by side: threads, or processes where two threads must not.
enum class Workers { threads, processes };

namespace record {

template <typename Record>
void pack(const std::vector<Record>& records, Packer& packer) {
  packer.list(records);
}

template <typename Record>
void unpack(Unpacker& bytes, std::vector<Record>& records) {
  records = bytes.list<Record>();
}

/// Something about all of the records, before them.
template <typename Head, typename Record>
void pack(const std::pair<Head, std::vector<Record>>& headed, Packer& packer) {
  packer.value(headed.first);
  packer.list(headed.second);
}

template <typename Head, typename Record>
void unpack(Unpacker& bytes, std::pair<Head, std::vector<Record>>& headed) {
  headed.first = bytes.value<Head>();
  headed.second = bytes.list<Record>();
}

}  // namespace record

/// Calls `work(i)` for each i below `count` side by side, and `take(i, result)` with what it gave,
/// in order, on the calling thread. A result is a vector of records that are trivially copyable, or
/// a pair of one such and a vector. Ends where the user asks to stop.
/// @param need what each work takes: no more goes on at a time than fits
/// @throws what the call with the lowest i threw, after `take` of all before it
template <typename Work, typename Take>
void ordered(std::size_t count, Workers workers, const MemoryNeed& need, const Work& work,
             const Take& take) {
  using Result = std::invoke_result_t<const Work&, std::size_t>;
  if (workers == Workers::processes) {
    const auto bytes = [&](std::size_t i) {
      check_stop();
      Packer packer;
      record::pack(work(i), packer);
      return packer.take();
    };
    forked_in_order(count, need, bytes, [&](std::size_t i, std::string_view answer) {
      Result result;
      Unpacker unpacker(answer);
      record::unpack(unpacker, result);
      take(i, std::move(result));
    });
    return;
  }
  std::vector<Result> waiting(results_in_flight());
  const auto keep = [&](std::size_t i) {
    const HeldMemory held(need);
    check_stop();
    waiting[i % waiting.size()] = work(i);
  };
  parallel_in_order(count, keep,
                    [&](std::size_t i) { take(i, std::move(waiting[i % waiting.size()])); });
}

}  // namespace attngraph
