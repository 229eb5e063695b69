#pragma once

#include <string_view>

#include "numeric/matrix.hpp"
#include "reading/sides.hpp"
#include "tensor/edge_arrays.hpp"

namespace attngraph {

/// Which way an edge between query q and key k points.
enum class Direction {
  /// q -> k: a query attends to a key.
  attends,
  /// k -> q: a key informs a query, the way information flows.
  informs
};

/// `attends` or `informs`
std::string_view direction_name(Direction direction);

/// What happens to edges from a node to itself.
enum class SelfLoops { keep, drop };

/// An edge for every weight > 0 of [query, key], ordered by query, then key. In self-attention
/// queries and keys are the same nodes; in cross-attention the graph is bipartite: queries are
/// nodes 0 … q-1, keys q … q+k-1.
/// @throws LimitError where there are more nodes than 32 bits count
EdgeArrays edge_arrays(const Matrix& weights, Direction direction, Sides sides);

/// The same; of cross-attention only where there are not as many queries as keys.
EdgeArrays edge_arrays(const Matrix& weights, Direction direction);

/// The same edges, each pointing the other way.
EdgeArrays reversed(EdgeArrays edges);

/// The edges that weigh more than 0, in the same order.
EdgeArrays without_zeros(const EdgeArrays& edges);

/// The edges between different nodes, in the same order.
EdgeArrays without_self_loops(const EdgeArrays& edges);

}  // namespace attngraph
