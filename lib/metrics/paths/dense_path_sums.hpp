#pragma once

#include <cstddef>
#include <optional>

#include "graph/distance.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/paths/path_sums.hpp"

namespace attngraph {

/// Whether a graph has so many edges, and so few nodes, that matrices answer sooner than searches.
bool suits_matrices(std::size_t nodes, std::size_t edges);

/// The sums over all sources by matrices of distances, O(n³). Nothing where an edge is so short
/// beside the longest path that sums of lengths lose it.
std::optional<PathSums> dense_path_sums(const LengthMatrix& graph, Betweenness betweenness,
                                        const SearchProgress& progress);

}  // namespace attngraph
