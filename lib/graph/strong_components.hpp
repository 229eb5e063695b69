#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// The strong components of a graph, numbered so that every edge between two of them leads from a
/// lower to a higher number.
struct StrongComponents {
  std::size_t count = 0;
  /// Number of the component of each node.
  std::vector<std::int32_t> of_node;
};

/// Tarjan's algorithm, O(nodes + edges).
StrongComponents strong_components(const CompressedRows& rows);

}  // namespace attngraph
