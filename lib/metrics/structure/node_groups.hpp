#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attngraph {

/// A partition of nodes, its groups numbered 0, 1, 2, … in the order of their first nodes.
struct NodeGroups {
  std::size_t count = 0;
  /// The number of the group of each node.
  std::vector<std::int32_t> of_node;

  /// Nodes of the largest group; 0 where there are no nodes.
  std::size_t largest() const;
};

/// The same partition by those numbers.
/// @param labels from 0 on, the same for nodes of one group
NodeGroups numbered(const std::vector<std::int32_t>& labels);

}  // namespace attngraph
