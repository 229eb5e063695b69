#pragma once

#include <optional>

#include "metrics/paths/distance.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/paths/path_sums.hpp"

namespace attngraph {

/// Whether a graph has so many edges, and so few nodes, that matrices answer sooner than searches.
bool suits_matrices(const LengthGraph& graph);

/// The sums over all sources by matrices of distances, O(n³). Nothing where two edges join the same
/// nodes, or where an edge is so short beside the longest path that sums of lengths lose it.
std::optional<PathSums> dense_path_sums(const LengthGraph& graph, Betweenness betweenness,
                                        const SearchProgress& progress);

}  // namespace attngraph
