#pragma once

#include "graph/graph.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Where a random walk along the edges is in the long run, by their weights and without jumps; from
/// a node without edges it goes anywhere, in a causal head to itself or before. NaN for all where
/// that depends on where it begins.
/// @throws LimitError where a large graph does not converge
Vector stationary(const Graph& graph);

}  // namespace attngraph
