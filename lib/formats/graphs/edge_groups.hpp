#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The largest index of a node in an edge list.
inline constexpr std::int32_t largest_node = 2147483646;

/// Edges on their way into one list for each layer and head.
class EdgeGroups {
 public:
  EdgeGroups(const std::string& where, const Limits& limits) : where_(where), limits_(limits) {}

  /// @throws LimitError where the edges would exceed `limits.memory`
  void add(std::int64_t layer, std::int64_t head, std::int32_t source, std::int32_t target,
           double weight);

  /// By layer, then head, both ascending; edges in the order in which they came.
  /// @param nodes of each list
  std::vector<EdgeList> take(std::size_t nodes);

 private:
  const std::string& where_;
  const Limits& limits_;
  std::map<std::pair<std::int64_t, std::int64_t>, EdgeList> groups_;
  EdgeList* current_ = nullptr;
  std::size_t count_ = 0;
  std::size_t allowed_ = 0;
};

}  // namespace attngraph
