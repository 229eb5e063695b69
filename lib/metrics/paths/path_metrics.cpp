#include "metrics/paths/path_metrics.hpp"

#include <optional>

#include "metrics/paths/dense_path_sums.hpp"
#include "metrics/paths/path_sums.hpp"
#include "metrics/paths/searched_path_sums.hpp"

namespace attngraph {
namespace {

PathSums path_sums(const LengthGraph& graph, Betweenness betweenness,
                   const SearchProgress& progress) {
  if (suits_matrices(graph)) {
    if (auto sums = dense_path_sums(graph, betweenness, progress)) return *std::move(sums);
  }
  return searched_path_sums(graph, betweenness, progress);
}

}  // namespace

PathMetrics path_metrics(const LengthGraph& graph, Betweenness betweenness,
                         const SearchProgress& progress) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  const PathSums total = path_sums(graph, betweenness, progress);
  PathMetrics result{total.dependencies, Vector::Zero(n), total.inverses};
  const auto others = static_cast<double>(n - 1);
  for (Index v = 0; v < n; ++v) {
    if (total.reaching[v] > 0)
      result.closeness[v] = total.reaching[v] / total.distances[v] * (total.reaching[v] / others);
  }
  if (n > 1) result.harmonic /= others;
  // With fewer than three nodes there is nothing between any two.
  if (n > 2) result.betweenness /= others * (others - 1.0);
  return result;
}

}  // namespace attngraph
