#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "core/memory_need.hpp"

namespace attngraph {

/// Calls `work(i)` for each i below `count` in worker_threads() processes, and `finish(i, bytes)`
/// with what it returned on the calling thread, in order. For work that two threads of one process
/// must not do, such as everything of igraph; with one thread or a single i nothing is forked.
/// There are no more processes than what each of them needs fits side by side.
/// `work` sees this process as it is now and changes nothing in it; it must not write to any file.
/// @throws what the call with the lowest i threw, after `finish` of all before it; IoError where a
///   process ends before its time
void forked_in_order(std::size_t count, const MemoryNeed& need,
                     const std::function<std::string(std::size_t)>& work,
                     const std::function<void(std::size_t, std::string_view)>& finish);

}  // namespace attngraph
