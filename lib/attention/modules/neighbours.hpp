#pragma once

#include <cstddef>

#include "tensor/compressed_rows.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Who attends to whom: the keys of each node ascending, each once, without weights.
using Neighbours = CompressedRows;

/// Node i attends to j where adjacency[i, j] > 0.
/// @param adjacency [node, node], finite
/// @throws InputError for another shape
Neighbours neighbours_of(const Tensor& adjacency, std::size_t nodes);

/// Node i attends to j where there is an edge from i to j with a weight above 0.
/// @throws InputError where an edge leaves the graph
Neighbours neighbours_of(const EdgeArrays& edges, std::size_t nodes);

/// The same with every node attending to itself too.
Neighbours with_self_loops(const Neighbours& neighbours);

}  // namespace attngraph
