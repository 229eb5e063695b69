#pragma once

#include "graph/edge_arrays.hpp"
#include "graph/graph.hpp"
#include "metrics/engine.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Where a random walk is found that follows an edge with probability `damping` (in proportion to
/// the weights) and else jumps anywhere; from a node without edges it always jumps anywhere. Sums
/// to 1; the sum of all errors is below 1e-12 (igraph's: 1e-10) for a damping up to 0.99.
/// (Page, Brin, Motwani, Winograd 1999)
/// @param restart where jumps lead, one share for each node that together are 1 (personalised);
///   empty: anywhere
/// @throws ArgumentError unless 0 <= damping < 1
Vector pagerank(const Graph& graph, double damping, Engine engine = Engine::own,
                const Vector& restart = {});

/// The same of edges alone.
Vector pagerank(const EdgeArrays& edges, double damping, const Vector& restart = {});

/// The same of a square matrix [query, key] whose edges point in `direction`, without a graph; the
/// sums are in double whatever the weights are.
template <typename Scalar>
Vector pagerank(const MatrixOf<Scalar>& weights, Direction direction, double damping,
                const Vector& restart = {});

extern template Vector pagerank<float>(const MatrixF&, Direction, double, const Vector&);
extern template Vector pagerank<double>(const Matrix&, Direction, double, const Vector&);

}  // namespace attngraph
