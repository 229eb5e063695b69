#include "report/questions/maxflow.hpp"

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ordered.hpp"
#include "graph/graphs.hpp"
#include "metrics/flow/max_flow.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

struct Pair {
  std::size_t source;
  std::size_t sink;
};

/// The whole flow of a pair, or what an edge has to do with it.
struct PairRow {
  std::int64_t layer;
  HeadLabel head;
  std::size_t source;
  std::size_t sink;
  double flow;
  std::size_t from = 0;
  std::size_t to = 0;
};

Pair chosen_pair(const Graphs& graphs, const MaxflowOptions& options) {
  const Pair pair{token_choice(options.source, graphs.labels(), "$source"),
                  token_choice(options.sink, graphs.labels(), "$sink")};
  if (pair.source == pair.sink) {
    throw ArgumentError("$sink", "source and sink are both token " + std::to_string(pair.source) +
                                     ", two different ones were expected");
  }
  return pair;
}

Column token_column(std::string name, std::string_view about) {
  return {.name = std::move(name), .type = ColumnType::integer, .about = about, .rank = 0};
}

/// What is told of a flow: its value, that through an edge, or what an edge of the cut can carry.
Column amount_column(FlowAnswer answer, ColumnType capacity) {
  switch (answer) {
    case FlowAnswer::value:
      return {.name = "flow",
              .about = "how much can flow from source to sink, weights being capacities",
              .rank = 0,
              .paper = "Ford and Fulkerson 1956"};
    case FlowAnswer::cut:
      return {.name = "capacity",
              .type = capacity,
              .about = "weight of the edge; the capacities of a cut add up to the flow",
              .rank = 0};
    case FlowAnswer::edge_flows:
      break;
  }
  return {.name = "flow", .about = "what flows through the edge in one optimum of many", .rank = 0};
}

Table<PairRow> pair_table(const std::vector<std::string>& labels, Known known, bool fused,
                          FlowAnswer answer, ColumnType capacity) {
  const bool cut = answer == FlowAnswer::cut;
  Column source = token_column("source", "token where the flow begins, counted from 0");
  Column sink = token_column("sink", "token where the flow ends, counted from 0");
  // Every edge is of the one flow that was asked for.
  if (answer != FlowAnswer::value) source.rank = sink.rank = 2;
  const Column from =
      token_column(cut ? "cut_from" : "from", "token where the edge begins, counted from 0");
  const Column to =
      token_column(cut ? "cut_to" : "to", "token where the edge ends, counted from 0");
  Table<PairRow> table{{columns::layer, &PairRow::layer},
                       {columns::head(fused), &PairRow::head},
                       {source, &PairRow::source},
                       {sink, &PairRow::sink}};
  if (answer != FlowAnswer::value) {
    table.add({from, &PairRow::from});
    table.add({to, &PairRow::to});
  }
  table.add({amount_column(answer, capacity), &PairRow::flow});
  const auto label = [&](const Column& column, std::size_t PairRow::*token) {
    Column label_column = columns::label_of(column, known);
    label_column.rank = column.rank;
    table.add({label_column, [&labels, token](const PairRow& row) { return labels[row.*token]; }});
  };
  label(source, &PairRow::source);
  label(sink, &PairRow::sink);
  if (answer != FlowAnswer::value) {
    label(from, &PairRow::from);
    label(to, &PairRow::to);
  }
  return table;
}

/// Answers about the pairs of one graph after another.
class PairRows {
 public:
  /// @param need what a graph takes, and what igraph does with it
  PairRows(const Graphs& graphs, const MaxflowOptions& options, const MemoryNeed& need, Sink& sink)
      : graphs_(graphs),
        options_(options),
        need_(need),
        sink_(sink),
        table_(pair_table(graphs.labels(), columns::known_labels(graphs.labels()), graphs.fused(),
                          options.answer, real_type(graphs.single_precision()))) {
    table_.begin(sink);
  }

  void add(std::size_t i, Pair pair) const {
    sink_.progress(i, graphs_.count());
    const Graph graph = graph_of(i);
    switch (options_.answer) {
      case FlowAnswer::value:
        return table_.send(row(i, pair, max_flow(graph.igraph(), pair.source, pair.sink)), sink_);
      case FlowAnswer::cut:
        return add_cut(i, pair, graph);
      case FlowAnswer::edge_flows:
        return add_edge_flows(i, pair, graph);
    }
  }

  /// The rows of one source at a time; sources are shared among processes.
  void add_all_pairs(std::size_t i) const {
    const Graph graph = graph_of(i);
    const AttentionGraph& in_igraph = graph.igraph();
    const std::size_t n = graphs_.nodes();
    const auto flows_from = [&](std::size_t source) {
      std::vector<double> flows(n);
      for (std::size_t sink = 0; sink < n; ++sink) {
        check_stop();
        if (sink != source) flows[sink] = max_flow(in_igraph, source, sink);
      }
      return flows;
    };
    ordered(n, Workers::processes, need_, flows_from,
            [&](std::size_t source, const std::vector<double>& flows) {
              std::vector<PairRow> rows;
              for (std::size_t sink = 0; sink < n; ++sink) {
                if (sink != source) rows.push_back(row(i, {source, sink}, flows[sink]));
              }
              table_.send(rows, sink_);
              sink_.progress(i * n + source + 1, graphs_.count() * n);
            });
  }

 private:
  const Graphs& graphs_;
  const MaxflowOptions& options_;
  MemoryNeed need_;
  Sink& sink_;
  Table<PairRow> table_;

  Graph graph_of(std::size_t i) const {
    return graphs_.graph(i, {options_.direction, SelfLoops::drop});
  }

  PairRow row(std::size_t i, Pair pair, double flow) const {
    return {graphs_.layer(i), graphs_.head(i), pair.source, pair.sink, flow};
  }

  PairRow edge_row(std::size_t i, Pair pair, const EdgeArrays& edges, std::size_t edge,
                   double flow) const {
    PairRow about = row(i, pair, flow);
    about.from = static_cast<std::size_t>(edges.source[edge]);
    about.to = static_cast<std::size_t>(edges.target[edge]);
    return about;
  }

  void add_cut(std::size_t i, Pair pair, const Graph& graph) const {
    const EdgeArrays& edges = graph.edges();
    std::vector<PairRow> rows;
    for (const std::size_t e : minimum_cut(graph.igraph(), pair.source, pair.sink).edges) {
      rows.push_back(edge_row(i, pair, edges, e, edges.weight[e]));
    }
    table_.send(rows, sink_);
  }

  void add_edge_flows(std::size_t i, Pair pair, const Graph& graph) const {
    const EdgeFlows flows = edge_flows(graph.igraph(), pair.source, pair.sink);
    std::vector<PairRow> rows;
    for (std::size_t e = 0; e < flows.flow.size(); ++e) {
      if (flows.flow[e] > 0) rows.push_back(edge_row(i, pair, graph.edges(), e, flows.flow[e]));
    }
    table_.send(rows, sink_);
  }
};

}  // namespace

void check_options(const MaxflowOptions& options) {
  if (!options.all_pairs) {
    if (!options.source.empty() && !options.sink.empty()) return;
    throw ArgumentError("$source, $sink", "both are needed",
                        "give two tokens by index or label, or $all-pairs");
  }
  if (!options.source.empty() || !options.sink.empty()) {
    throw ArgumentError("$all-pairs", "there is no one source or sink with every pair");
  }
  if (options.answer != FlowAnswer::value) {
    throw ArgumentError("$all-pairs", "cuts and edge flows are of one pair",
                        "give $source and $sink");
  }
}

AnswerColumns maxflow_columns(FlowAnswer answer) {
  return {pair_table({}, Known::yes, false, answer, ColumnType::real).schema()};
}

void maxflow_report(const Attention& attention, const MaxflowOptions& options, Sink& sink) {
  const Graphs graphs(attention);
  check_options(options);
  if (options.all_pairs && graphs.nodes() < 2) {
    throw ArgumentError("$all-pairs", "the graph has one token, two or more were expected");
  }
  const Pair pair = options.all_pairs ? Pair{0, 0} : chosen_pair(graphs, options);
  note_missing_queries(attention, sink);
  note_direction(options.direction, sink);
  note_dense_work(graphs, sink);
  if (!options.all_pairs) {
    sink.parameter("source", std::to_string(pair.source));
    sink.parameter("sink", std::to_string(pair.sink));
  }
  if (options.answer == FlowAnswer::edge_flows) {
    sink.note("these edge flows are one optimum among many; only their value is unique");
  }
  const PairRows rows(graphs, options, attention.need(matrices_of_igraph), sink);
  for (std::size_t i = 0; i < graphs.count(); ++i) {
    options.all_pairs ? rows.add_all_pairs(i) : rows.add(i, pair);
  }
}

}  // namespace attngraph
