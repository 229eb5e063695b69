#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/process/forked_workers.hpp"
#include "core/stop.hpp"

namespace attngraph {

/// Where work goes on side by side: threads, or processes where two threads must not.
enum class Workers { threads, processes };

namespace record {

/// Records as bytes that another process of this program can read.
template <typename Record>
std::string bytes_of(const std::vector<Record>& records) {
  static_assert(std::is_trivially_copyable_v<Record>);
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)};
}

template <typename Record>
void read(std::string_view bytes, std::vector<Record>& records) {
  records.resize(bytes.size() / sizeof(Record));
  if (!records.empty()) std::memcpy(records.data(), bytes.data(), bytes.size());
}

/// Something about all of the records, before them.
template <typename Head, typename Record>
std::string bytes_of(const std::pair<Head, std::vector<Record>>& headed) {
  return bytes_of(std::vector<Head>{headed.first}) + bytes_of(headed.second);
}

template <typename Head, typename Record>
void read(std::string_view bytes, std::pair<Head, std::vector<Record>>& headed) {
  static_assert(std::is_trivially_copyable_v<Head>);
  std::memcpy(&headed.first, bytes.data(), sizeof(Head));
  read(bytes.substr(sizeof(Head)), headed.second);
}

}  // namespace record

/// Calls `work(i)` for each i below `count` side by side, and `take(i, result)` with what it gave,
/// in order, on the calling thread. A result is a vector of records that are trivially copyable, or
/// a pair of one such and a vector. Ends where the user asks to stop.
/// @throws what the call with the lowest i threw, after `take` of all before it
template <typename Work, typename Take>
void ordered(std::size_t count, Workers workers, const Work& work, const Take& take) {
  using Result = std::invoke_result_t<const Work&, std::size_t>;
  if (workers == Workers::processes) {
    const auto bytes = [&](std::size_t i) {
      check_stop();
      return record::bytes_of(work(i));
    };
    forked_in_order(count, bytes, [&](std::size_t i, std::string_view answer) {
      Result result;
      record::read(answer, result);
      take(i, std::move(result));
    });
    return;
  }
  std::vector<Result> waiting(results_in_flight());
  const auto keep = [&](std::size_t i) {
    check_stop();
    waiting[i % waiting.size()] = work(i);
  };
  parallel_in_order(count, keep,
                    [&](std::size_t i) { take(i, std::move(waiting[i % waiting.size()])); });
}

}  // namespace attngraph
