#pragma once

#include "metrics/structure/linked_pairs.hpp"
#include "metrics/structure/node_groups.hpp"

namespace attngraph {

/// Nodes that edges join, whichever way they point. O(nodes + edges).
NodeGroups weak_pieces(const LinkedPairs& pairs);

/// Nodes that reach each other along edges. O(nodes + edges).
NodeGroups strong_pieces(const LinkedPairs& pairs);

/// The largest k such that a node belongs to a part of the graph where every node has at least k
/// edges, in and out counted [node] (Seidman 1983). O(nodes + edges): the node with the fewest
/// edges left is taken away first (Batagelj and Zaveršnik 2003).
std::vector<std::int32_t> core_numbers(const LinkedPairs& pairs);

}  // namespace attngraph
