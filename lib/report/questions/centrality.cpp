#include "report/questions/centrality.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/parallel.hpp"
#include "core/process/forked_workers.hpp"
#include "core/stop.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/graph_answers.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/graph_source.hpp"

namespace attngraph {
namespace {

// What notes say about some graphs together.
struct Tally {
  std::size_t lifted = 0;
  std::size_t one_token_has_all = 0;
  std::size_t all_have_the_same = 0;

  void look_at_eigenvector(const Vector& x) {
    if (x.size() < 2 || x.maxCoeff() <= 0) return;
    if (x.sum() <= x.maxCoeff() * (1 + 1e-12)) ++one_token_has_all;
    if (x.minCoeff() >= x.maxCoeff() * (1 - 1e-4)) ++all_have_the_same;
  }

  void operator+=(const Tally& more) {
    lifted += more.lifted;
    one_token_has_all += more.one_token_has_all;
    all_have_the_same += more.all_have_the_same;
  }
};

struct GraphRows {
  Chunk rows;
  Tally tally;
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

// What the metrics that are asked for say about a graph.
struct GraphValues {
  std::vector<Vector> metrics;
  std::size_t lifted = 0;
};

GraphValues values_of(const GraphSource& source, std::size_t i, const CentralityOptions& options,
                      const SearchProgress& progress) {
  GraphAnswers answers(source, i, options, progress);
  GraphValues values;
  for (const Metric metric : options.metrics) values.metrics.push_back(answers.of(metric));
  values.lifted = answers.lifted();
  return values;
}

// The values as bytes that another process can read.
std::string bytes_of(const GraphValues& values) {
  std::string bytes(reinterpret_cast<const char*>(&values.lifted), sizeof values.lifted);
  for (const Vector& metric : values.metrics) {
    bytes.append(reinterpret_cast<const char*>(metric.data()),
                 static_cast<std::size_t>(metric.size()) * sizeof(double));
  }
  return bytes;
}

GraphValues values_from(std::string_view bytes, std::size_t metrics) {
  GraphValues values;
  std::memcpy(&values.lifted, bytes.data(), sizeof values.lifted);
  bytes.remove_prefix(sizeof values.lifted);
  const std::size_t size = bytes.size() / metrics;
  for (std::size_t m = 0; m < metrics; ++m) {
    Vector& metric = values.metrics.emplace_back(static_cast<Index>(size / sizeof(double)));
    std::memcpy(metric.data(), bytes.data() + m * size, size);
  }
  return values;
}

GraphRows rows_of(const GraphSource& source, std::size_t i, const CentralityOptions& options,
                  const GraphValues& answers) {
  const std::vector<Vector>& values = answers.metrics;
  Tally tally;
  for (std::size_t m = 0; m < values.size(); ++m) {
    if (options.metrics[m] == Metric::eigenvector) tally.look_at_eigenvector(values[m]);
  }
  tally.lifted = answers.lifted;
  const std::vector<std::size_t> order = row_order(values, options);
  Chunk chunk = source.head_values(i, order.size());
  std::vector<std::string> labels;
  for (const std::size_t v : order) labels.push_back(source.labels()[v]);
  chunk.emplace_back(std::vector<std::int64_t>(order.begin(), order.end()));
  chunk.emplace_back(std::move(labels));
  for (std::size_t m = 0; m < values.size(); ++m) {
    chunk.push_back(chosen_values(options.metrics[m], values[m], order));
  }
  return {std::move(chunk), tally};
}

bool asks_for_paths(const CentralityOptions& options) {
  return std::any_of(options.metrics.begin(), options.metrics.end(), [](Metric metric) {
    return metric == Metric::betweenness || metric == Metric::closeness ||
           metric == Metric::harmonic;
  });
}

bool asks_igraph(const CentralityOptions& options) {
  const auto& metrics = options.metrics;
  return options.engine == Engine::igraph ||
         std::find(metrics.begin(), metrics.end(), Metric::core) != metrics.end();
}

// Heads on several threads at a time; of a single graph the searches are. Those that igraph answers
// are shared among processes: it does not bear two threads.
Tally write_rows(const GraphSource& source, const CentralityOptions& options, Sink& sink) {
  Tally tally;
  const auto write = [&](std::size_t i, const GraphRows& answered) {
    sink.rows(answered.rows);
    tally += answered.tally;
    sink.progress(i + 1, source.count());
  };
  if (asks_igraph(options)) {
    const std::size_t metrics = options.metrics.size();
    forked_in_order(
        source.count(),
        [&](std::size_t i) {
          check_stop();
          return bytes_of(values_of(source, i, options, {}));
        },
        [&](std::size_t i, std::string_view bytes) {
          write(i, rows_of(source, i, options, values_from(bytes, metrics)));
        });
    return tally;
  }
  SearchProgress progress;
  if (source.count() == 1) {
    progress = [&sink](std::size_t done, std::size_t total) { sink.progress(done, total); };
  }
  std::vector<GraphRows> waiting(results_in_flight());
  parallel_in_order(
      source.count(),
      [&](std::size_t i) {
        check_stop();
        waiting[i % waiting.size()] =
            rows_of(source, i, options, values_of(source, i, options, progress));
      },
      [&](std::size_t i) { write(i, waiting[i % waiting.size()]); });
  return tally;
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
              ", as $direction informs gives where rows sum to 1; pagerank tells more");
  }
}

}  // namespace

void centrality_report(const GraphSource& source, const CentralityOptions& options, Sink& sink) {
  const auto& metrics = options.metrics;
  if (options.sort && std::find(metrics.begin(), metrics.end(), *options.sort) == metrics.end()) {
    throw ArgumentError(
        "$sort", std::string(metric_name(*options.sort)) + " is not among the metrics asked for",
        "add it to $metric");
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
  say_last(source, write_rows(source, options, sink), sink);
}

}  // namespace attngraph
