#pragma once

#include "graph/graph.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// What meets at each node; a self-loop counts once on either side.
struct Degrees {
  /// Edges that end at the node. On dense attention this is n everywhere.
  Vector in;
  /// Edges that begin at it.
  Vector out;
  /// Sums of the weights of both.
  Vector in_strength;
  Vector out_strength;
};

/// All at once: a head of attention is gone through by rows and never stored.
Degrees degrees(const Graph& graph);

/// The largest k such that the node belongs to a subgraph where every node has at least k edges,
/// incoming and outgoing ones counted, self-loops not (Seidman 1983).
Vector coreness(const Graph& graph);

}  // namespace attngraph
