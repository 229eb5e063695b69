#include "report/questions/maxflow.hpp"

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/process/forked_workers.hpp"
#include "core/stop.hpp"
#include "metrics/flow/max_flow.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/graph_source.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

struct Pair {
  std::size_t source;
  std::size_t sink;
};

void check_options(const GraphSource& source, const MaxflowOptions& options) {
  if (options.all_pairs) {
    if (!options.source.empty() || !options.sink.empty()) {
      throw ArgumentError("$all-pairs", "there is no one source or sink with every pair");
    }
    if (options.answer != FlowAnswer::value) {
      throw ArgumentError("$all-pairs", "cuts and edge flows are of one pair",
                          "give $source and $sink");
    }
    if (source.nodes() < 2) {
      throw ArgumentError("$all-pairs", "the graph has one token, two or more were expected");
    }
  } else if (options.source.empty() || options.sink.empty()) {
    throw ArgumentError("$source, $sink", "both are needed",
                        "give two tokens by index or label, or $all-pairs");
  }
}

Pair chosen_pair(const GraphSource& source, const MaxflowOptions& options) {
  const Pair pair{token_choice(options.source, source.labels(), "$source"),
                  token_choice(options.sink, source.labels(), "$sink")};
  if (pair.source == pair.sink) {
    throw ArgumentError("$sink", "source and sink are both token " + std::to_string(pair.source) +
                                     ", two different ones were expected");
  }
  return pair;
}

Schema schema_of(const GraphSource& source, const MaxflowOptions& options) {
  const ColumnType weight = source.single_precision() ? ColumnType::real32 : ColumnType::real;
  Schema schema = source.head_columns();
  schema.push_back({"source", ColumnType::integer});
  schema.push_back({"sink", ColumnType::integer});
  switch (options.answer) {
    case FlowAnswer::value:
      schema.push_back({"flow", ColumnType::real});
      break;
    case FlowAnswer::cut:
      schema.push_back({"cut_from", ColumnType::integer});
      schema.push_back({"cut_to", ColumnType::integer});
      schema.push_back({"capacity", weight});
      break;
    case FlowAnswer::edge_flows:
      schema.push_back({"from", ColumnType::integer});
      schema.push_back({"to", ColumnType::integer});
      schema.push_back({"flow", ColumnType::real});
      break;
  }
  return schema;
}

// Columns up to the sink, for so many rows about one pair.
Chunk pair_rows(const GraphSource& source, std::size_t i, Pair pair, std::size_t rows) {
  Chunk chunk = source.head_values(i, rows);
  chunk.emplace_back(std::vector<std::int64_t>(rows, static_cast<std::int64_t>(pair.source)));
  chunk.emplace_back(std::vector<std::int64_t>(rows, static_cast<std::int64_t>(pair.sink)));
  return chunk;
}

Chunk cut_rows(const GraphSource& source, std::size_t i, Pair pair, const AttentionGraph& graph) {
  const MinimumCut cut = minimum_cut(graph, pair.source, pair.sink);
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> to;
  std::vector<double> capacity;
  for (const std::size_t e : cut.edges) {
    from.push_back(graph.edges().source[e]);
    to.push_back(graph.edges().target[e]);
    capacity.push_back(graph.edges().weight[e]);
  }
  Chunk chunk = pair_rows(source, i, pair, capacity.size());
  chunk.emplace_back(std::move(from));
  chunk.emplace_back(std::move(to));
  if (source.single_precision()) {
    chunk.emplace_back(std::vector<float>(capacity.begin(), capacity.end()));
  } else {
    chunk.emplace_back(std::move(capacity));
  }
  return chunk;
}

Chunk edge_flow_rows(const GraphSource& source, std::size_t i, Pair pair,
                     const AttentionGraph& graph) {
  const EdgeFlows flows = edge_flows(graph, pair.source, pair.sink);
  std::vector<std::int64_t> from;
  std::vector<std::int64_t> to;
  std::vector<double> flow;
  for (std::size_t e = 0; e < flows.flow.size(); ++e) {
    if (flows.flow[e] <= 0) continue;
    from.push_back(graph.edges().source[e]);
    to.push_back(graph.edges().target[e]);
    flow.push_back(flows.flow[e]);
  }
  Chunk chunk = pair_rows(source, i, pair, flow.size());
  chunk.emplace_back(std::move(from));
  chunk.emplace_back(std::move(to));
  chunk.emplace_back(std::move(flow));
  return chunk;
}

Chunk answer_rows(const GraphSource& source, std::size_t i, Pair pair,
                  const MaxflowOptions& options) {
  const AttentionGraph graph(source.edges(i, options.direction, SelfLoops::drop));
  if (options.answer == FlowAnswer::cut) return cut_rows(source, i, pair, graph);
  if (options.answer == FlowAnswer::edge_flows) return edge_flow_rows(source, i, pair, graph);
  Chunk chunk = pair_rows(source, i, pair, 1);
  chunk.emplace_back(std::vector<double>{max_flow(graph, pair.source, pair.sink)});
  return chunk;
}

// The rows of one source at a time; sources are shared among processes, as igraph does not bear two
// threads.
void all_pairs(const GraphSource& source, std::size_t i, Direction direction, Sink& sink) {
  const AttentionGraph graph(source.edges(i, direction, SelfLoops::drop));
  const std::size_t n = source.nodes();
  const auto flows_from = [&](std::size_t s) {
    std::string bytes;
    for (std::size_t t = 0; t < n; ++t) {
      if (t == s) continue;
      check_stop();
      const double flow = max_flow(graph, s, t);
      bytes.append(reinterpret_cast<const char*>(&flow), sizeof flow);
    }
    return bytes;
  };
  forked_in_order(n, flows_from, [&](std::size_t s, std::string_view bytes) {
    std::vector<std::int64_t> sinks;
    for (std::size_t t = 0; t < n; ++t) {
      if (t != s) sinks.push_back(static_cast<std::int64_t>(t));
    }
    std::vector<double> flow(sinks.size());
    std::memcpy(flow.data(), bytes.data(), bytes.size());
    Chunk chunk = pair_rows(source, i, {s, 0}, flow.size());
    chunk.back() = std::move(sinks);
    chunk.emplace_back(std::move(flow));
    sink.rows(chunk);
    sink.progress(i * n + s + 1, source.count() * n);
  });
}

}  // namespace

void maxflow_report(const GraphSource& source, const MaxflowOptions& options, Sink& sink) {
  check_options(source, options);
  const Pair pair = options.all_pairs ? Pair{0, 1} : chosen_pair(source, options);
  note_direction(options.direction, sink);
  note_dense_work(source, sink);
  if (!options.all_pairs) {
    sink.parameter("source", std::to_string(pair.source));
    sink.parameter("sink", std::to_string(pair.sink));
  }
  if (options.answer == FlowAnswer::edge_flows) {
    sink.note("these edge flows are one optimum among many; only their value is unique");
  }
  sink.begin_rows(schema_of(source, options));
  for (std::size_t i = 0; i < source.count(); ++i) {
    if (options.all_pairs) {
      all_pairs(source, i, options.direction, sink);
      continue;
    }
    sink.progress(i, source.count());
    sink.rows(answer_rows(source, i, pair, options));
  }
}

}  // namespace attngraph
