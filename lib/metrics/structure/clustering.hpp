#pragma once

#include "metrics/structure/linked_pairs.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How much of what could close around a node does, mean over nodes: directed triangles over the
/// pairs of edges that could make them, 0 for a node that has none (Fagiolo 2007). Every edge
/// counts alike.
double clustering(const LinkedPairs& pairs);

/// The same with the cube root of the weights of a triangle, each over the largest of all, in place
/// of its number.
double weighted_clustering(const LinkedPairs& pairs);

/// The same of weights [from, to], whose diagonal does not count: one product of n³.
double weighted_clustering(const Matrix& weights);

}  // namespace attngraph
