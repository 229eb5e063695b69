#pragma once

#include <span>

#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How much of the outputs each node of a graph of attributions accounts for, by all paths: Σ_{k≥1}
/// w Aᵏ, where A[t, s] is the weight of the edge from s to t over the sum of those into t (at least
/// 1e-10) and w the weights of the outputs (Ameisen et al., Circuit Tracing, 2025). One visit to
/// each edge, outputs first.
/// @param edges from what contributes to what it contributes to, weights of at least 0
/// @param outputs one for each node
/// @throws InputError where an edge belongs to a cycle
Vector influence(const EdgeArrays& edges, std::span<const double> outputs);

}  // namespace attngraph
