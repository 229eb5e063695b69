#include "report/centrality.hpp"

#include <algorithm>
#include <numeric>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "metrics/degrees.hpp"
#include "metrics/eigenvector.hpp"
#include "metrics/hub_authority.hpp"
#include "metrics/pagerank.hpp"
#include "metrics/path_metrics.hpp"
#include "report/graph_notes.hpp"
#include "report/graph_source.hpp"
#include "report/sink.hpp"

namespace attngraph {
namespace {

// The answers about one graph; what several metrics share is found once.
class GraphAnswers {
 public:
  GraphAnswers(const GraphSource& source, std::size_t i, const CentralityOptions& options,
               Sink& sink)
      : source_(source), i_(i), options_(options), sink_(sink) {}

  Vector of(Metric metric) {
    switch (metric) {
      case Metric::in_degree:
        return in_degree(edges());
      case Metric::out_degree:
        return out_degree(edges());
      case Metric::in_strength:
        return in_strength(edges());
      case Metric::out_strength:
        return out_strength(edges());
      case Metric::pagerank:
        return walk();
      case Metric::betweenness:
        return by_igraph() ? igraph_betweenness(lengths()) : paths().betweenness;
      case Metric::closeness:
        return by_igraph() ? igraph_closeness(lengths()) : paths().closeness;
      case Metric::harmonic:
        return by_igraph() ? igraph_harmonic(lengths()) : paths().harmonic;
      case Metric::eigenvector:
        return eigenvector(edges());
      case Metric::hub:
        return hubs().hub;
      case Metric::authority:
        return hubs().authority;
      case Metric::core:
        return coreness(edges());
    }
    return {};
  }

  std::size_t lifted() const { return lengths_ ? lengths_->lifted : 0; }

 private:
  const GraphSource& source_;
  std::size_t i_;
  const CentralityOptions& options_;
  Sink& sink_;
  std::optional<EdgeArrays> edges_;
  std::optional<LengthGraph> lengths_;
  std::optional<PathMetrics> paths_;
  std::optional<HubAuthority> hubs_;

  bool by_igraph() const { return options_.engine == Engine::igraph; }

  const EdgeArrays& edges() {
    if (!edges_) edges_ = source_.edges(i_, options_.direction, options_.self_loops);
    return *edges_;
  }

  Vector walk() {
    if (by_igraph()) return pagerank(edges(), options_.damping, Engine::igraph);
    std::optional<Matrix> weights = source_.matrix(i_);
    if (!weights) return pagerank(edges(), options_.damping);
    if (options_.self_loops == SelfLoops::drop) weights->diagonal().setZero();
    return pagerank(*weights, options_.direction, options_.damping);
  }

  const LengthGraph& lengths() {
    if (lengths_) return *lengths_;
    try {
      lengths_ = length_graph(edges(), options_.distance);
    } catch (const InputError& error) {
      // It knows the edge but not in which graph.
      throw InputError(source_.place(i_) + ", " + error.where(), error.problem(), error.hint());
    }
    return *lengths_;
  }

  const PathMetrics& paths() {
    if (!paths_) {
      paths_ = path_metrics(lengths(), [this](std::size_t done, std::size_t total) {
        sink_.progress(i_ * total + done, source_.count() * total);
      });
    }
    return *paths_;
  }

  const HubAuthority& hubs() {
    if (!hubs_) hubs_ = hub_authority(edges());
    return *hubs_;
  }
};

// What notes say about all graphs together.
struct Tally {
  std::size_t lifted = 0;
  std::size_t one_token_has_all = 0;
  std::size_t all_have_the_same = 0;

  void look_at_eigenvector(const Vector& x) {
    if (x.size() < 2 || x.maxCoeff() <= 0) return;
    if (x.sum() <= x.maxCoeff() * (1 + 1e-12)) ++one_token_has_all;
    if (x.minCoeff() >= x.maxCoeff() * (1 - 1e-4)) ++all_have_the_same;
  }
};

std::vector<std::size_t> row_order(const std::vector<Vector>& values,
                                   const CentralityOptions& options) {
  std::vector<std::size_t> order(static_cast<std::size_t>(values.front().size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!options.sort && !options.top) return order;
  const Metric by = options.sort.value_or(options.metrics.front());
  const auto column = std::find(options.metrics.begin(), options.metrics.end(), by);
  const Vector& key = values[static_cast<std::size_t>(column - options.metrics.begin())];
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return key[static_cast<Index>(a)] > key[static_cast<Index>(b)];
  });
  if (options.top) order.resize(std::min(order.size(), *options.top));
  return order;
}

Values chosen_values(Metric metric, const Vector& values, const std::vector<std::size_t>& order) {
  if (counts_edges(metric)) {
    std::vector<std::int64_t> column;
    for (const std::size_t v : order) {
      column.push_back(static_cast<std::int64_t>(values[static_cast<Index>(v)]));
    }
    return column;
  }
  std::vector<double> column;
  for (const std::size_t v : order) column.push_back(values[static_cast<Index>(v)]);
  return column;
}

Chunk rows_of(const GraphSource& source, std::size_t i, const CentralityOptions& options,
              Tally& tally, Sink& sink) {
  GraphAnswers answers(source, i, options, sink);
  std::vector<Vector> values;
  for (const Metric metric : options.metrics) {
    values.push_back(answers.of(metric));
    if (metric == Metric::eigenvector) tally.look_at_eigenvector(values.back());
  }
  tally.lifted += answers.lifted();
  const std::vector<std::size_t> order = row_order(values, options);
  Chunk chunk = source.head_values(i, order.size());
  std::vector<std::string> labels;
  for (const std::size_t v : order) labels.push_back(source.labels()[v]);
  chunk.emplace_back(std::vector<std::int64_t>(order.begin(), order.end()));
  chunk.emplace_back(std::move(labels));
  for (std::size_t m = 0; m < values.size(); ++m) {
    chunk.push_back(chosen_values(options.metrics[m], values[m], order));
  }
  return chunk;
}

bool asks_for_paths(const CentralityOptions& options) {
  return std::any_of(options.metrics.begin(), options.metrics.end(), [](Metric metric) {
    return metric == Metric::betweenness || metric == Metric::closeness ||
           metric == Metric::harmonic;
  });
}

void say_first(const GraphSource& source, const CentralityOptions& options, Sink& sink) {
  note_direction(options.direction, sink);
  if (asks_for_paths(options)) {
    sink.parameter("distance", std::string(distance_name(options.distance)));
    note_dense_work(source, sink);
  }
  const auto& metrics = options.metrics;
  if (std::find(metrics.begin(), metrics.end(), Metric::pagerank) != metrics.end()) {
    sink.parameter("damping", number_text(options.damping));
  }
  sink.parameter("self-loops", options.self_loops == SelfLoops::keep ? "keep" : "drop");
}

std::string of_graphs(std::size_t some, const GraphSource& source) {
  return std::to_string(some) + " of " + std::to_string(source.count()) +
         (source.count() == 1 ? " graph" : " graphs");
}

void say_last(const GraphSource& source, const Tally& tally, Sink& sink) {
  if (tally.lifted > 0) {
    sink.note(tally.lifted == 1 ? "1 edge is shorter than 1e-8 and counts as 1e-8"
                                : std::to_string(tally.lifted) +
                                      " edges are shorter than 1e-8 and count as 1e-8");
  }
  if (tally.one_token_has_all > 0) {
    sink.note("eigenvector gives one token everything in " +
              of_graphs(tally.one_token_has_all, source) +
              ", as causal attention does; pagerank tells more");
  }
  if (tally.all_have_the_same > 0) {
    sink.note("eigenvector is the same for all tokens in " +
              of_graphs(tally.all_have_the_same, source) +
              ", as --direction informs gives where rows sum to 1; pagerank tells more");
  }
}

}  // namespace

void centrality_report(const GraphSource& source, const CentralityOptions& options, Sink& sink) {
  const auto& metrics = options.metrics;
  if (options.sort && std::find(metrics.begin(), metrics.end(), *options.sort) == metrics.end()) {
    throw ArgumentError(
        "--sort", std::string(metric_name(*options.sort)) + " is not among the metrics asked for",
        "add it to --metric");
  }
  say_first(source, options, sink);
  Schema schema = source.head_columns();
  schema.push_back({"token", ColumnType::integer});
  schema.push_back({"label", ColumnType::text});
  for (const Metric metric : metrics) {
    schema.push_back({std::string(metric_name(metric)),
                      counts_edges(metric) ? ColumnType::integer : ColumnType::real});
  }
  sink.begin_rows(schema);
  Tally tally;
  for (std::size_t i = 0; i < source.count(); ++i) {
    sink.progress(i * source.nodes(), source.count() * source.nodes());
    sink.rows(rows_of(source, i, options, tally, sink));
  }
  say_last(source, tally, sink);
}

}  // namespace attngraph
