#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attention/edges/row_criteria.hpp"
#include "graph/graph.hpp"
#include "metrics/engine.hpp"
#include "metrics/paths/path_metrics.hpp"
#include "metrics/walks/degrees.hpp"
#include "metrics/walks/hub_authority.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

class MeasuredGraph;

enum class MetricType { real, whole };

/// What a metric needs beside the graph.
struct MetricNeeds {
  /// Shortest paths: a distance, and long work on large dense graphs.
  bool paths = false;
  /// How many shortest paths there are, too.
  bool path_counts = false;
  bool damping = false;
  /// Which weights count as edges.
  bool edges = false;
  /// igraph alone answers it.
  bool igraph = false;
  /// A graph of attributions, with the weights of its outputs.
  bool outputs = false;
  /// Room for so many matrices of n x n numbers, where the graph is no list of edges.
  std::size_t matrices = 0;
};

/// What values may have in common that makes them say little.
struct Remark {
  bool (*holds)(const Vector& values);
  /// Before and behind `1 of 2 graphs`.
  std::string_view before;
  std::string_view behind;
};

/// What can be asked about every node of a graph. To add one, write its function and its row in the
/// table.
struct Metric {
  std::string_view name;
  /// One sentence, for the help and for every column of it.
  std::string_view meaning;
  /// How it is found, where the sentence does not say it, and whose measure it is.
  std::string_view formula = {};
  std::string_view paper = {};
  MetricType type = MetricType::real;
  MetricNeeds needs = {};
  /// One value for each node.
  Vector (*values)(MeasuredGraph& graph);
  std::span<const Remark> remarks = {};

  bool operator==(const Metric& other) const { return name == other.name; }
};

/// Every metric.
std::span<const Metric> all_metrics();

/// The metric of that name.
/// @throws ArgumentError naming `option` for another name
const Metric& metric_named(std::string_view name, const std::string& option = "$metric");

/// The metrics of a list such as `pagerank,hub`, in its order; `all` is every one that needs no
/// more than a graph.
/// @throws ArgumentError for an unknown, repeated or missing name
std::vector<Metric> metrics_named(std::string_view list);

/// Such a list.
std::string metric_list(std::span<const Metric> metrics);

struct MetricOptions {
  std::vector<Metric> metrics = metrics_named("in_strength,pagerank,betweenness,closeness");
  Distance distance = Distance::neglog;
  double damping = 0.85;
  /// Which weights count as edges where a metric asks that; all of them where it sets nothing.
  RowCriteria edges = {};
  /// Nodes where PageRank begins again when it jumps; empty: anywhere.
  std::vector<std::size_t> restart = {};
  /// Weights of the outputs of a graph of attributions, one for each node.
  std::vector<double> outputs = {};
  /// Who finds PageRank and what shortest paths say; the answers agree within 1e-9.
  Engine engine = Engine::own;
};

/// Whether some of the metrics need it: `any_needs(options.metrics, &MetricNeeds::paths)`.
bool any_needs(std::span<const Metric> metrics, bool MetricNeeds::*what);

/// A graph about which some metrics are asked; what several of them share is found once.
class MeasuredGraph {
 public:
  /// All of the arguments must live as long as this.
  /// @param counted the edges that count by options.edges; may be the same graph
  MeasuredGraph(const Graph& graph, const Graph& counted, const MetricOptions& options,
                const SearchProgress& progress)
      : graph_(graph), counted_(counted), options_(options), progress_(progress) {}

  const Graph& graph() const { return graph_; }
  const Graph& counted() const { return counted_; }
  const MetricOptions& options() const { return options_; }
  bool by_igraph() const { return options_.engine == Engine::igraph; }

  /// What our own kernels say; betweenness only where that is among the metrics asked for.
  const PathMetrics& paths();
  const HubAuthority& hubs();
  const Degrees& degrees();
  /// Those of the edges that count.
  const Degrees& counted_degrees();

 private:
  const Graph& graph_;
  const Graph& counted_;
  const MetricOptions& options_;
  const SearchProgress& progress_;
  std::optional<PathMetrics> paths_;
  std::optional<HubAuthority> hubs_;
  std::optional<Degrees> degrees_;
  std::optional<Degrees> counted_degrees_;
};

}  // namespace attngraph
