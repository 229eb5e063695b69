#pragma once

#include <cstddef>

#include "graph/edge_arrays.hpp"
#include "metrics/paths/routes.hpp"

namespace attngraph {

/// The `count` most probable routes from node `input` to node `output` of a graph without cycles;
/// exact. The probability of a route is the product of its edges' shares: each weight over the sum
/// of those into the same node (at least 1e-10), as influence in graphs of attributions is made
/// (Ameisen et al., Circuit Tracing, 2025). The total is the sum over all paths; none leads from a
/// node to itself.
/// @param edges with weights of at least 0; parallel ones count together
/// @throws InputError where an edge belongs to a cycle
Routes acyclic_routes(const EdgeArrays& edges, std::size_t input, std::size_t output,
                      std::size_t count);

}  // namespace attngraph
