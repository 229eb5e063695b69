#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tensor/edge_arrays.hpp"

namespace attngraph {

/// The edges of a graph sorted by source (compressed sparse rows): those that leave node v are
/// places first[v] … first[v + 1] - 1 of the other two.
struct CompressedRows {
  std::vector<std::size_t> first = {0};
  std::vector<std::int32_t> target;
  /// Empty where only targets matter.
  std::vector<double> weight;

  std::size_t nodes() const { return first.size() - 1; }
  std::span<const std::int32_t> targets(std::size_t node) const {
    return {target.data() + first[node], first[node + 1] - first[node]};
  }
  std::span<const double> weights(std::size_t node) const {
    return {weight.data() + first[node], first[node + 1] - first[node]};
  }
};

/// Rows of outgoing edges, in the order of the arrays. For incoming ones ask for those of the
/// reversed edges.
CompressedRows compressed_rows(const EdgeArrays& edges);

}  // namespace attngraph
