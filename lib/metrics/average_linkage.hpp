#pragma once

#include <cstddef>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// Two clusters that become one. Items are clusters 0 … items - 1, merge i makes cluster items + i,
/// as in SciPy's linkage.
struct Merge {
  /// The one that holds the lowest item stands left.
  std::size_t left = 0;
  std::size_t right = 0;
  /// Mean distance between an item of one and an item of the other.
  double distance = 0;
  /// Items in the new cluster.
  std::size_t size = 0;
};

/// Average linkage (UPGMA) of a symmetric matrix of distances [item, item]: the merges, nearest
/// first; of equal distances the pair with the lowest items.
std::vector<Merge> average_linkage(const Matrix& distances);

/// The items in the order in which a dendrogram shows them: left before right at every merge.
std::vector<std::size_t> leaf_order(const std::vector<Merge>& merges);

/// For each item its cluster when the last merges are undone until there are `count`; clusters are
/// numbered in the order of the leaves.
/// @throws ArgumentError where count is 0 or more than the items
std::vector<std::size_t> flat_clusters(const std::vector<Merge>& merges, std::size_t count);

}  // namespace attngraph
