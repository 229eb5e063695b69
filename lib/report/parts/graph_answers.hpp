#pragma once

#include <cstddef>
#include <optional>

#include "graph/edge_arrays.hpp"
#include "metrics/paths/distance.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/walks/hub_authority.hpp"
#include "report/questions/centrality.hpp"

namespace attngraph {

class GraphSource;

/// What metrics say about graph `i` of a source; what several of them share is found once.
class GraphAnswers {
 public:
  /// All of the arguments must live as long as this.
  GraphAnswers(const GraphSource& source, std::size_t i, const CentralityOptions& options,
               const SearchProgress& progress)
      : source_(source), i_(i), options_(options), progress_(progress) {}

  /// One value for each node.
  /// @throws InputError where a weight does not suit the distance
  Vector of(Metric metric);

  /// Edges that were lifted to the shortest length that counts.
  std::size_t lifted() const { return lengths_ ? lengths_->lifted : 0; }

 private:
  const GraphSource& source_;
  std::size_t i_;
  const CentralityOptions& options_;
  const SearchProgress& progress_;
  std::optional<EdgeArrays> edges_;
  std::optional<LengthGraph> lengths_;
  std::optional<PathMetrics> paths_;
  std::optional<HubAuthority> hubs_;

  bool by_igraph() const { return options_.engine == Engine::igraph; }
  const EdgeArrays& edges();
  const LengthGraph& lengths();
  const PathMetrics& paths();
  const HubAuthority& hubs();
  Vector walk();
};

}  // namespace attngraph
