#pragma once

#include <cstddef>
#include <span>

#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The graph through all layers: node level * tokens + token stands for a token at the output of
/// `level` layers, and every entry > 0 of a transition Ã [output, input] is an edge from (level,
/// output) to (level - 1, input), ordered by level, output, input.
/// @param transitions square, the layer nearest the inputs first; at least one
/// @throws LimitError where there are more nodes than 32 bits count
EdgeArrays layered_graph(std::span<const Matrix> transitions);

}  // namespace attngraph
