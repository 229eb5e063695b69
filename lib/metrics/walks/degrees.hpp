#pragma once

#include "graph/edge_arrays.hpp"
#include "graph/graph.hpp"
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

/// The same of any graph: of a dense one by its matrix, without edges.
Vector in_degree(const Graph& graph);
Vector out_degree(const Graph& graph);
Vector in_strength(const Graph& graph);
Vector out_strength(const Graph& graph);

/// The largest k such that the node belongs to a subgraph where every node has at least k edges,
/// incoming and outgoing ones counted, self-loops not (Seidman 1983).
Vector coreness(const Graph& graph);

}  // namespace attngraph
