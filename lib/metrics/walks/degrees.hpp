#pragma once

#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Edges that end at each node; a self-loop counts once. On dense attention this is n everywhere.
Vector in_degree(const EdgeArrays& edges);

/// Edges that begin at each node; a self-loop counts once.
Vector out_degree(const EdgeArrays& edges);

/// Sum of the weights of the edges that end at each node.
Vector in_strength(const EdgeArrays& edges);

/// Sum of the weights of the edges that begin at each node.
Vector out_strength(const EdgeArrays& edges);

/// The largest k such that the node belongs to a subgraph where every node has at least k edges,
/// incoming and outgoing ones counted, self-loops not (Seidman 1983).
Vector coreness(const EdgeArrays& edges);

}  // namespace attngraph
