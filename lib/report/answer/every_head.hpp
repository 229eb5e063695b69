#pragma once

#include <cstddef>
#include <utility>

#include "attention/attention.hpp"
#include "core/ordered.hpp"
#include "core/parallel.hpp"
#include "core/stop.hpp"
#include "report/answer/parallel_with_progress.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

/// Whether heads are asked one after the other, because each keeps all threads busy by itself.
inline bool one_head_at_a_time(const Attention& attention) {
  return attention.rows_use_threads() && attention.layers() * attention.heads() < worker_threads();
}

/// Calls `work(l, h)` for every head side by side, and `take(l, h, result)` with what it gave, in
/// order, on the calling thread. A result is a vector of records that are trivially copyable.
template <typename Work, typename Take>
void heads_in_order(const Attention& attention, Sink& sink, const Work& work, const Take& take) {
  const std::size_t heads = attention.heads();
  const std::size_t count = attention.layers() * heads;
  const auto made = [&](std::size_t i) { return work(i / heads, i % heads); };
  const auto taken = [&](std::size_t i, auto result) {
    take(i / heads, i % heads, std::move(result));
    sink.progress(i + 1, count);
  };
  if (!one_head_at_a_time(attention)) return ordered(count, Workers::threads, made, taken);
  for (std::size_t i = 0; i < count; ++i) {
    check_stop();
    taken(i, made(i));
  }
}

}  // namespace attngraph
