#include "report/questions/layers.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "graph/node_labels.hpp"
#include "metrics/paths/routes.hpp"
#include "numeric/largest_entries.hpp"
#include "report/answer/drawn_graph.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/head_drawing.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

/// Level (1 for the outputs of the first layer), output, input.
using Step = std::tuple<std::size_t, std::size_t, std::size_t>;

/// The rank of the first route that takes a step.
using RouteSteps = std::map<Step, std::int32_t>;

struct LayeredGraph {
  const Attention& stack;
  LayerRange range;
  std::vector<Matrix> transitions;
  RouteSteps routes;
};

struct LayerEdge {
  std::size_t source;
  std::size_t target;
  double weight;
  std::int32_t route;
};

/// The edges between a level and the one below it.
struct LayerEdges {
  std::vector<LayerEdge> wanted;
  std::size_t left_out = 0;
};

bool asks_for_routes(const LayersOptions& options) { return !options.from.empty(); }

RouteSteps route_steps(const LayeredGraph& graph, const LayersOptions& options, Sink& sink) {
  if (!asks_for_routes(options)) return {};
  const auto labels = graph.stack.key_labels();
  const std::size_t input = token_choice(options.from, labels, "$from");
  const std::size_t output = token_choice(options.to, labels, "$to");
  const Routes routes = most_probable_routes(graph.transitions, input, output,
                                             options.count.value_or(routes_set_off));
  if (routes.best.empty()) {
    sink.note("no route leads from input " + std::to_string(input) + " to output " +
              std::to_string(output));
  }
  const std::size_t levels = graph.transitions.size();
  RouteSteps steps;
  for (std::size_t r = 0; r < routes.best.size(); ++r) {
    const auto& tokens = routes.best[r].tokens;  // the output first
    for (std::size_t level = levels; level > 0; --level) {
      const std::size_t above = levels - level;
      steps.try_emplace({level, tokens[above], tokens[above + 1]},
                        static_cast<std::int32_t>(r + 1));
    }
  }
  return steps;
}

LayeredGraph layered_graph_of(const Attention& stack, const LayersOptions& options, Sink& sink) {
  check_transitions(stack, options.transition);
  LayeredGraph graph{stack, layer_range(stack, options.start_layer, options.end_layer), {}, {}};
  for (std::size_t l = graph.range.first; l <= graph.range.last; ++l) {
    graph.transitions.push_back(layer_transition(stack, l, options.transition));
  }
  graph.routes = route_steps(graph, options, sink);
  return graph;
}

LayerEdges edges_below(const LayeredGraph& graph, std::size_t level, const EdgeChoice& choice) {
  const Matrix& transition = graph.transitions[level - 1];
  const auto keys = static_cast<std::size_t>(transition.cols());
  const std::size_t most = std::min(choice.top_k.value_or(keys), keys);
  LayerEdges edges;
  std::vector<char> chosen(keys);
  for (std::size_t q = 0; q < keys; ++q) {
    const std::span<const double> row(transition.row(static_cast<Index>(q)).data(), keys);
    std::fill(chosen.begin(), chosen.end(), most == keys);
    if (most < keys) {
      for (const std::size_t k : largest_entries(row, most)) chosen[k] = 1;
    }
    for (std::size_t k = 0; k < keys; ++k) {
      if (!(row[k] > 0)) continue;
      const auto step = graph.routes.find({level, q, k});
      const std::int32_t route = step == graph.routes.end() ? 0 : step->second;
      if (route > 0 || (chosen[k] && row[k] > choice.threshold.value_or(0))) {
        edges.wanted.push_back({q, k, row[k], route});
      } else {
        ++edges.left_out;
      }
    }
  }
  return edges;
}

std::int64_t layer_below(const LayeredGraph& graph, std::size_t level) {
  return graph.stack.layer_index(graph.range.first + level - 1);
}

class LayerRows {
 public:
  LayerRows(const LayeredGraph& graph, bool routes, Sink& sink)
      : graph_(graph), labels_(graph.stack.tokens()), sink_(sink) {
    using enum ColumnType;
    if (routes) table_.add({"route", integer, [](const Row& row) { return row.edge->route; }});
    const Known known = tell_more_than_indices(labels_) ? Known::yes : Known::no;
    const auto label = [this](std::size_t LayerEdge::*end) {
      return [this, end](const Row& row) { return labels_[row.edge->*end]; };
    };
    table_.add({"source_label", text, label(&LayerEdge::source), known});
    table_.add({"target_label", text, label(&LayerEdge::target), known});
    table_.begin(sink);
  }
  LayerRows(const LayerRows&) = delete;
  LayerRows& operator=(const LayerRows&) = delete;

  void add(std::size_t level, const std::vector<LayerEdge>& edges) {
    std::vector<Row> rows;
    for (const LayerEdge& edge : edges) rows.push_back({layer_below(graph_, level), &edge});
    table_.send(rows, sink_);
  }

 private:
  struct Row {
    std::int64_t layer;
    const LayerEdge* edge;
  };

  const LayeredGraph& graph_;
  const std::vector<std::string>& labels_;
  Sink& sink_;
  Table<Row> table_{
      {"layer", ColumnType::integer, &Row::layer},
      {"source", ColumnType::integer, [](const Row& row) { return row.edge->source; }},
      {"target", ColumnType::integer, [](const Row& row) { return row.edge->target; }},
      {"weight", real_type(graph_.stack.single_precision()),
       [](const Row& row) { return row.edge->weight; }}};
};

std::string title_of(const LayeredGraph& graph, const LayersOptions& options) {
  const std::string first = std::to_string(layer_below(graph, 1));
  const std::string last = std::to_string(layer_below(graph, graph.transitions.size()));
  std::string title = (first == last ? "layer " + first : "layers " + first + " to " + last) +
                      ", heads by " + std::string(fuse_name(options.transition.fuse));
  if (asks_for_routes(options)) title += ", routes from " + options.from + " to " + options.to;
  return title;
}

/// A row of tokens for the outputs of each layer, one for the inputs at the bottom, and no edges.
DrawnGraph empty_drawing(const LayeredGraph& graph) {
  const auto labels = graph.stack.key_labels();
  const auto levels = graph.transitions.size();
  const double width = std::max<double>(1, static_cast<double>(labels.size()) - 1);
  DrawnGraph drawing;
  for (std::size_t level = 0; level <= levels; ++level) {
    for (std::size_t token = 0; token < labels.size(); ++token) {
      DrawnNode node;
      node.label = labels[token];
      node.x = static_cast<double>(token) / width;
      node.y = 1 - static_cast<double>(level) / static_cast<double>(levels);
      node.rank = static_cast<std::int32_t>(levels - level);
      drawing.nodes.push_back(std::move(node));
    }
  }
  drawing.direction = "attends";
  drawing.placed = true;
  drawing.single_precision = graph.stack.single_precision();
  return drawing;
}

void draw(const LayeredGraph& graph, std::size_t level, const LayerEdges& edges,
          DrawnGraph& drawing) {
  const Matrix& transition = graph.transitions[level - 1];
  const auto tokens = static_cast<std::size_t>(transition.cols());
  const Eigen::RowVectorXd received = transition.colwise().sum();
  for (std::size_t k = 0; k < tokens; ++k) {
    drawing.nodes[(level - 1) * tokens + k].size =
        received[static_cast<Index>(k)] / received.maxCoeff();
  }
  for (const LayerEdge& edge : edges.wanted) {
    drawing.edges.push_back({static_cast<std::int32_t>(level * tokens + edge.source),
                             static_cast<std::int32_t>((level - 1) * tokens + edge.target),
                             edge.weight, layer_below(graph, level), edge.route});
  }
  drawing.left_out += edges.left_out;
}

void rows_report(const LayeredGraph& graph, const LayersOptions& options, Sink& sink) {
  LayerRows rows(graph, asks_for_routes(options), sink);
  for (std::size_t level = 1; level <= graph.transitions.size(); ++level) {
    rows.add(level, edges_below(graph, level, options.choice).wanted);
    sink.progress(level, graph.transitions.size());
  }
}

void drawing_report(const LayeredGraph& graph, const LayersOptions& options, Sink& sink) {
  DrawnGraph drawing = empty_drawing(graph);
  drawing.title = title_of(graph, options);
  drawing.edge_labels = options.edge_labels;
  EdgeChoice choice = options.choice;
  const bool some = sink.form() == Form::drawing && !choice.top_k;
  if (some) choice.top_k = shown_per_query;
  for (std::size_t level = 1; level <= graph.transitions.size(); ++level) {
    draw(graph, level, edges_below(graph, level, choice), drawing);
    sink.progress(level, graph.transitions.size());
  }
  if (some && drawing.left_out > 0) {
    sink.note("the drawing leaves out " + std::to_string(drawing.left_out) +
              " lighter edges; $top-k all shows every one");
  }
  sink.graph(drawing);
}

}  // namespace

void check_options(const LayersOptions& options, Form form) {
  if (options.from.empty() != options.to.empty()) {
    throw ArgumentError(options.from.empty() ? "$from" : "$to", "is missing",
                        "a route leads from an input ($from) to an output ($to)");
  }
  if (options.count && !asks_for_routes(options)) {
    throw ArgumentError("$count", "counts routes, and none are asked for",
                        "name their ends by $from and $to");
  }
  if (options.count == 0) throw ArgumentError("$count", "is 0, expected 1 or more");
  if (options.edge_labels && form != Form::drawing) {
    throw ArgumentError("$edge-labels", "is for drawings only", "write dot or svg");
  }
}

void layers_report(const Attention& stack, const LayersOptions& options, Sink& sink) {
  const LayeredGraph graph = layered_graph_of(stack, options, sink);
  sink.form() == Form::rows ? rows_report(graph, options, sink)
                            : drawing_report(graph, options, sink);
}

}  // namespace attngraph
