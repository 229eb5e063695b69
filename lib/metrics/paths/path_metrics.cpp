#include "metrics/paths/path_metrics.hpp"

#include <optional>
#include <utility>

#include "metrics/paths/dense_path_sums.hpp"
#include "metrics/paths/path_sums.hpp"
#include "metrics/paths/searched_path_sums.hpp"

namespace attngraph {
namespace {

std::optional<PathSums> sums_by_matrices(const Graph& graph, Distance distance,
                                         Betweenness betweenness, const SearchProgress& progress) {
  const std::size_t nodes = graph.nodes();
  const std::size_t most_edges = graph.dense() ? nodes * nodes : graph.edges().size();
  if (!suits_matrices(nodes, most_edges)) return std::nullopt;
  const LengthMatrix* lengths = graph.length_matrix(distance);
  if (!lengths || !suits_matrices(nodes, lengths->edges)) return std::nullopt;
  return dense_path_sums(*lengths, betweenness, progress);
}

PathSums path_sums(const Graph& graph, Distance distance, Betweenness betweenness,
                   const SearchProgress& progress) {
  if (auto sums = sums_by_matrices(graph, distance, betweenness, progress)) return *std::move(sums);
  return searched_path_sums(graph.lengths(distance), betweenness, progress);
}

}  // namespace

PathMetrics path_metrics(const Graph& graph, Distance distance, Betweenness betweenness,
                         const SearchProgress& progress) {
  const auto n = static_cast<Index>(graph.nodes());
  const PathSums total = path_sums(graph, distance, betweenness, progress);
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
