#pragma once

#include "metrics/structure/mutual_weights.hpp"
#include "metrics/structure/node_groups.hpp"

namespace attngraph {

/// Groups of nodes that give each other more than chance would.
struct Communities {
  NodeGroups groups;
  double modularity = 0;
};

/// The directed modularity of a partition (Leicht and Newman 2008):
/// Q = 1/m Σ_ij (w_ij - γ out_i in_j / m) over i and j of one group; 0 where nothing weighs
/// anything.
/// @param resolution γ: larger ones make smaller groups
double modularity(const MutualWeights& weights, const NodeGroups& groups, double resolution);

/// The partition with the largest modularity that 32 runs of Leiden's algorithm find (Traag,
/// Waltman and van Eck 2019), on the symmetric part of the modularity matrix, each from an order of
/// its own, always the same ones; of equal ones that with the lower number at the first node where
/// they differ. A node that shares weight with no other is a group of its own.
Communities communities(const MutualWeights& weights, double resolution = 1);

}  // namespace attngraph
