#pragma once

#include "graph/graph.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How many standard deviations the sum of the weights that arrive at each node is above what it
/// would be on average if each row had its weights at random places among the keys it may see:
/// those up to its own place where attention is causal, else those up to the last key that any
/// query sees. 0 where every order gives the same sum. O(edges).
Vector strength_z(const Graph& graph);

}  // namespace attngraph
