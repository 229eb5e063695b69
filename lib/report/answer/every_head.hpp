#pragma once

#include <cstddef>
#include <utility>
#include <vector>

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

/// Calls `work(i)` for each of `count` heads or groups of them side by side, and `take(i, result)`
/// with what it gave, in order, on the calling thread. A result is a vector of records that are
/// trivially copyable.
/// @param need what each of them takes: no more goes on at a time than fits
template <typename Work, typename Take>
void items_in_order(const Attention& attention, std::size_t count, const MemoryNeed& need,
                    Sink& sink, const Work& work, const Take& take) {
  const auto taken = [&](std::size_t i, auto result) {
    take(i, std::move(result));
    sink.progress(i + 1, count);
  };
  if (!attention.rows_use_threads() || count >= worker_threads()) {
    return ordered(count, Workers::threads, need, work, taken);
  }
  for (std::size_t i = 0; i < count; ++i) {
    check_stop();
    taken(i, work(i));
  }
}

/// The same for every head that there is: `work(l, h)`, `take(l, h, result)`.
template <typename Work, typename Take>
void heads_in_order(const Attention& attention, const MemoryNeed& need, Sink& sink,
                    const Work& work, const Take& take) {
  const std::vector<SelectedHead> heads = attention.present();
  items_in_order(
      attention, heads.size(), need, sink,
      [&](std::size_t i) { return work(heads[i].l, heads[i].h); },
      [&](std::size_t i, auto result) { take(heads[i].l, heads[i].h, std::move(result)); });
}

/// The same for work that goes through a head by rows.
template <typename Work, typename Take>
void heads_in_order(const Attention& attention, Sink& sink, const Work& work, const Take& take) {
  attention.need(0);  // refused before work begins
  heads_in_order(attention, {}, sink, work, take);
}

}  // namespace attngraph
