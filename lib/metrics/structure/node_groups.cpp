#include "metrics/structure/node_groups.hpp"

#include <algorithm>

namespace attngraph {

std::size_t NodeGroups::largest() const {
  std::vector<std::size_t> sizes(count, 0);
  for (const std::int32_t group : of_node) ++sizes[static_cast<std::size_t>(group)];
  return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

NodeGroups numbered(const std::vector<std::int32_t>& labels) {
  NodeGroups groups;
  if (labels.empty()) return groups;
  const auto largest = *std::max_element(labels.begin(), labels.end());
  std::vector<std::int32_t> number(static_cast<std::size_t>(largest) + 1, -1);
  for (const std::int32_t label : labels) {
    std::int32_t& of_label = number[static_cast<std::size_t>(label)];
    if (of_label < 0) of_label = static_cast<std::int32_t>(groups.count++);
    groups.of_node.push_back(of_label);
  }
  return groups;
}

}  // namespace attngraph
