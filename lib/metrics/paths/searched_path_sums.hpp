#pragma once

#include "graph/distance.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/paths/path_sums.hpp"

namespace attngraph {

/// The sums over all sources by one search for each (shortest_path_search.hpp); for any graph.
PathSums searched_path_sums(const LengthGraph& graph, Betweenness betweenness,
                            const SearchProgress& progress);

}  // namespace attngraph
