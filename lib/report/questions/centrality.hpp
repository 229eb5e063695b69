#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "metrics/paths/distance.hpp"
#include "metrics/walks/pagerank.hpp"
#include "report/parts/metric.hpp"

namespace attngraph {

class GraphSource;
class Sink;

struct CentralityOptions {
  std::vector<Metric> metrics = {Metric::in_strength, Metric::pagerank, Metric::betweenness,
                                 Metric::closeness};
  Direction direction = Direction::attends;
  Distance distance = Distance::neglog;
  double damping = 0.85;
  SelfLoops self_loops = SelfLoops::keep;
  /// Who finds PageRank and what shortest paths say; the answers agree within 1e-9.
  Engine engine = Engine::own;
  /// Tokens of each head by falling values of this metric, ties by index.
  std::optional<Metric> sort;
  /// Only so many tokens of each head, by `sort`, else by the first metric.
  std::optional<std::size_t> top;
};

/// Which tokens matter in each attention graph: rows `layer,head,token,label,METRIC…` in the order
/// asked. Notes the direction, lifted lengths, and where the eigenvector says nothing.
/// @throws ArgumentError where `sort` is not among the metrics
/// @throws InputError where a weight does not suit the distance
void centrality_report(const GraphSource& source, const CentralityOptions& options, Sink& sink);

}  // namespace attngraph
