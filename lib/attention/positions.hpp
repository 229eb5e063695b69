#pragma once

#include <algorithm>
#include <cstddef>

namespace attngraph {

/// Where one of `queries` stands among `keys` of the same sequence: the last query at the last key.
/// 0 for a query before all keys.
inline std::size_t position_of(std::size_t query, std::size_t queries, std::size_t keys) {
  return std::max(query + keys, queries) - queries;
}

/// How many keys there are up to that position: all that a query sees where attention is causal.
inline std::size_t keys_before(std::size_t query, std::size_t queries, std::size_t keys) {
  return std::min(std::max(query + 1 + keys, queries) - queries, keys);
}

}  // namespace attngraph
