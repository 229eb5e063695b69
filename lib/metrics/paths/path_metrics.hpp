#pragma once

#include <cstddef>
#include <functional>

#include "graph/graph.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Two path lengths count as equal when they differ by at most this part of the larger.
inline constexpr double path_tie = 1e-10;

/// What shortest paths between all pairs of nodes say about each node.
struct PathMetrics {
  /// Share of the shortest paths between two other nodes that pass the node, summed over ordered
  /// pairs and divided by (n - 1)(n - 2); 0 for n < 3. (Freeman 1977, Brandes 2001)
  Vector betweenness;
  /// ((r - 1) / sum of d(u, v)) * ((r - 1) / (n - 1)) over the r - 1 nodes u that reach v.
  /// (Wasserman and Faust 1994)
  Vector closeness;
  /// Mean of 1 / d(u, v) over all other nodes u, 0 for those that do not reach v.
  /// (Marchiori and Latora 2000)
  Vector harmonic;
};

/// Whether betweenness is asked for; without it there is less to do, and it stays 0.
enum class Betweenness { wanted, left_out };

/// Told now and then of how many nodes the paths are known; may throw to stop.
using SearchProgress = std::function<void(std::size_t done, std::size_t total)>;

/// All three by our own kernels: matrices for dense graphs, a search for each node else.
/// @throws InputError where a weight does not suit the distance
PathMetrics path_metrics(const Graph& graph, Distance distance,
                         Betweenness betweenness = Betweenness::wanted,
                         const SearchProgress& progress = {});

/// One of them by igraph. Throws as path_metrics.
Vector igraph_betweenness(const Graph& graph, Distance distance);
Vector igraph_closeness(const Graph& graph, Distance distance);
Vector igraph_harmonic(const Graph& graph, Distance distance);

}  // namespace attngraph
