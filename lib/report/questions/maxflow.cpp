#include "report/questions/maxflow.hpp"

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ordered.hpp"
#include "graph/graphs.hpp"
#include "graph/node_labels.hpp"
#include "metrics/flow/max_flow.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/graph_notes.hpp"
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

Table<PairRow> table_of(const Graphs& graphs, FlowAnswer answer) {
  using enum ColumnType;
  const bool cut = answer == FlowAnswer::cut;
  Table<PairRow> table{{"layer", integer, &PairRow::layer},
                       {"head", label_type(graphs.fused()), &PairRow::head},
                       {"source", integer, &PairRow::source},
                       {"sink", integer, &PairRow::sink}};
  const std::string from = cut ? "cut_from" : "from", to = cut ? "cut_to" : "to";
  if (answer != FlowAnswer::value) {
    table.add({from, integer, &PairRow::from});
    table.add({to, integer, &PairRow::to});
  }
  table.add(
      {cut ? "capacity" : "flow", real_type(cut && graphs.single_precision()), &PairRow::flow});
  const Known known = tell_more_than_indices(graphs.labels()) ? Known::yes : Known::no;
  const auto label = [&](const std::string& column, std::size_t PairRow::*token) {
    table.add(
        {column + "_label", text,
         [&labels = graphs.labels(), token](const PairRow& row) { return labels[row.*token]; },
         known});
  };
  label("source", &PairRow::source);
  label("sink", &PairRow::sink);
  if (answer != FlowAnswer::value) {
    label(from, &PairRow::from);
    label(to, &PairRow::to);
  }
  return table;
}

/// Answers about the pairs of one graph after another.
class PairRows {
 public:
  PairRows(const Graphs& graphs, const MaxflowOptions& options, Sink& sink)
      : graphs_(graphs), options_(options), sink_(sink), table_(table_of(graphs, options.answer)) {
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
    ordered(n, Workers::processes, flows_from,
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

void maxflow_report(const Attention& attention, const MaxflowOptions& options, Sink& sink) {
  const Graphs graphs(attention);
  check_options(options);
  if (options.all_pairs && graphs.nodes() < 2) {
    throw ArgumentError("$all-pairs", "the graph has one token, two or more were expected");
  }
  const Pair pair = options.all_pairs ? Pair{0, 0} : chosen_pair(graphs, options);
  note_direction(options.direction, sink);
  note_dense_work(graphs, sink);
  if (!options.all_pairs) {
    sink.parameter("source", std::to_string(pair.source));
    sink.parameter("sink", std::to_string(pair.sink));
  }
  if (options.answer == FlowAnswer::edge_flows) {
    sink.note("these edge flows are one optimum among many; only their value is unique");
  }
  const PairRows rows(graphs, options, sink);
  for (std::size_t i = 0; i < graphs.count(); ++i) {
    options.all_pairs ? rows.add_all_pairs(i) : rows.add(i, pair);
  }
}

}  // namespace attngraph
