#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/edge_arrays.hpp"

namespace attngraph {

/// The edges of a graph sorted by source (compressed sparse rows): those that leave node v are
/// places first[v] … first[v + 1] - 1 of the other two, in the order of the edge arrays.
struct CompressedRows {
  std::vector<std::size_t> first;
  std::vector<std::int32_t> target;
  std::vector<double> weight;

  std::size_t nodes() const { return first.size() - 1; }
  std::span<const std::int32_t> targets(std::size_t node) const {
    return {target.data() + first[node], first[node + 1] - first[node]};
  }
  std::span<const double> weights(std::size_t node) const {
    return {weight.data() + first[node], first[node + 1] - first[node]};
  }
};

/// Rows of outgoing edges. For incoming ones ask for those of the reversed edges.
CompressedRows compressed_rows(const EdgeArrays& edges);

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
