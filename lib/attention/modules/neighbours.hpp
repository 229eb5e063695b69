#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tensor/edge_arrays.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Who attends to whom, in compressed rows: node i attends to target[offset[i]] …
/// target[offset[i + 1] - 1], ascending, each once.
struct Neighbours {
  std::vector<std::size_t> offset;
  std::vector<std::int32_t> target;

  std::size_t nodes() const { return offset.size() - 1; }
  std::span<const std::int32_t> of(std::size_t node) const {
    return std::span(target).subspan(offset[node], offset[node + 1] - offset[node]);
  }
};

/// Node i attends to j where adjacency[i, j] > 0.
/// @param adjacency [node, node]
/// @throws InputError for another shape
Neighbours neighbours_of(const Tensor& adjacency, std::size_t nodes);

/// Node i attends to j where there is an edge from i to j with a weight above 0.
/// @throws InputError where an edge leaves the graph
Neighbours neighbours_of(const EdgeArrays& edges, std::size_t nodes);

/// The same with every node attending to itself too.
Neighbours with_self_loops(const Neighbours& neighbours);

}  // namespace attngraph
