#include "report/questions/graph.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "graph/graphs.hpp"
#include "graph/node_labels.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/heads/head_drawing.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/missing_queries.hpp"
#include "report/questions/heatmap.hpp"

namespace attngraph {
namespace {

constexpr std::size_t every_edge = std::numeric_limits<std::size_t>::max();

struct HeadPlace {
  std::int64_t layer;
  HeadLabel head;
};

struct EdgeRow {
  const HeadPlace* place;
  std::int32_t source;
  std::int32_t target;
  double weight;
};

Table<EdgeRow> edge_table(const std::vector<std::string>& labels, Known known, bool fused,
                          ColumnType weight) {
  const auto label = [&labels](std::int32_t EdgeRow::*end) {
    return [&labels, end](const EdgeRow& row) -> const std::string& {
      return labels[static_cast<std::size_t>(row.*end)];
    };
  };
  return {{columns::layer, [](const EdgeRow& row) { return row.place->layer; }},
          {columns::head(fused),
           [](const EdgeRow& row) -> const HeadLabel& { return row.place->head; }},
          {columns::source, &EdgeRow::source},
          {columns::target, &EdgeRow::target},
          {columns::weight.of_type(weight), &EdgeRow::weight},
          {columns::label_of(columns::source, known), label(&EdgeRow::source)},
          {columns::label_of(columns::target, known), label(&EdgeRow::target)}};
}

/// Those that the user's rule keeps. It asks the weights of a matrix, as the rules of every
/// question do; without one, edges that stand twice in a list stay as they are.
EdgeArrays kept_edges(const EdgeArrays& edges, const TokenGraphOptions& options,
                      const RowCriteria& shown) {
  return chosen_edges(chooses(options.choice) ? added_up(edges) : edges, options.direction,
                      {shown.top_k, shown.threshold});
}

/// Calls `visit(edges)` for the edges of graph `i` that are asked for, part by part.
template <typename Visit>
void for_each_part(const Graphs& graphs, std::size_t i, const TokenGraphOptions& options,
                   const Visit& visit) {
  const RowCriteria& choice = options.choice;
  if (leaves_self_loops_out(options)) {
    return graphs.counted_parts(i, choice, options.direction, visit);
  }
  const Graph graph = graphs.graph(i, {options.direction, options.self_loops});
  graph.parts(choice.top_k.value_or(every_edge),
              [&](const EdgeArrays& edges) { visit(kept_edges(edges, options, choice)); });
}

void rows_report(const Graphs& graphs, const TokenGraphOptions& options, Sink& sink) {
  const Table<EdgeRow> table = edge_table(graphs.labels(), columns::known_labels(graphs.labels()),
                                          graphs.fused(), real_type(graphs.single_precision()));
  table.begin(sink);
  for (std::size_t i = 0; i < graphs.count(); ++i) {
    sink.progress(i, graphs.count());
    const HeadPlace place{graphs.layer(i), graphs.head(i)};
    for_each_part(graphs, i, options, [&](const EdgeArrays& edges) {
      std::vector<EdgeRow> rows;
      rows.reserve(edges.size());
      for (std::size_t e = 0; e < edges.size(); ++e) {
        rows.push_back({&place, edges.source[e], edges.target[e], edges.weight[e]});
      }
      table.send(rows, sink);
    });
  }
}

std::string title_of(const HeadPlace& place) {
  const bool fused = std::holds_alternative<std::string>(place.head);
  return "layer " + std::to_string(place.layer) + ", " +
         (fused ? text_of(place.head) + " of heads" : "head " + text_of(place.head));
}

/// The same edges between a node for each query and one for each key.
EdgeArrays between_sides(EdgeArrays edges, Direction direction) {
  const auto tokens = static_cast<std::int32_t>(edges.nodes);
  for (auto& key : direction == Direction::attends ? edges.target : edges.source) key += tokens;
  edges.nodes *= 2;
  return edges;
}

class Drawings {
 public:
  Drawings(const Attention& attention, const Graphs& graphs, const TokenGraphOptions& options,
           Form form)
      : graphs_(graphs),
        options_(options),
        sides_(sides_of(attention)),
        labels_(graphs.labels()),
        limits_(attention.limits()) {
    if (form == Form::whole_graph && options_.layout == Layout::natural)
      options_.layout = Layout::none;
    if (sides_ == Sides::cross) queries_ = attention.queries();
    const std::size_t tokens = std::max(queries_, graphs.nodes() - queries_);
    shown_ = form == Form::drawing ? shown_edges(options.choice, tokens)
                                   : ShownEdges{options.choice, std::nullopt};
    if (options_.layout == Layout::natural) {
      options_.layout = sides_ == Sides::cross ? Layout::columns : Layout::arcs;
    }
    two_sided_ = options_.layout == Layout::columns && sides_ == Sides::self;
    if (!two_sided_) return;
    labels_ = node_labels(labels_, labels_, Sides::cross);
    queries_ = graphs.nodes();
  }

  Drawing drawing(std::size_t i) const {
    HeadDrawing head(options_.direction, shown_, labels_.size(), limits_);
    const RowCriteria& choice = shown_.choice;
    const bool counted = leaves_self_loops_out(options_);
    const auto show = [&](const EdgeArrays& edges) { head.show(placed(edges)); };
    graphs_.graph(i, {options_.direction, options_.self_loops})
        .parts(every_edge, [&](const EdgeArrays& edges) {
          head.count(placed(edges));
          if (!counted) show(kept_edges(edges, options_, choice));
        });
    if (counted) graphs_.counted_parts(i, choice, options_.direction, show);
    Drawing graph = std::move(head).drawn(labels_, options_.layout, queries_);
    const HeadPlace place{graphs_.layer(i), graphs_.head(i)};
    graph.title = title_of(place);
    graph.layer = place.layer;
    graph.head = place.head;
    for (DrawnEdge& edge : graph.edges) edge.layer = place.layer;
    graph.remarks.insert(graph.remarks.begin(), direction_remark(options_.direction, sides_));
    if (options_.self_loops == SelfLoops::drop) graph.remarks.back() += ", without self-loops";
    graph.edge_labels = options_.edge_labels;
    graph.single_precision = graphs_.single_precision();
    return graph;
  }

  /// What the user should know of edges that nobody asked to leave out.
  std::string note(std::size_t left_out) const {
    const std::string count = std::to_string(left_out);
    if (shown_.in_all) {
      return "the drawing shows the " + std::to_string(*shown_.in_all) +
             " largest edges and leaves out " + count +
             "; $top-k K shows K of each query, $layout matrix every one";
    }
    return "the drawing shows the " + std::to_string(shown_per_query) +
           " largest edges of each query and leaves out " + count + "; $top-k all shows every one";
  }

 private:
  const Graphs& graphs_;
  TokenGraphOptions options_;
  Sides sides_;
  std::vector<std::string> labels_;
  Limits limits_;
  std::size_t queries_ = 0;
  ShownEdges shown_;
  /// A token stands twice, as a query and as a key.
  bool two_sided_ = false;

  EdgeArrays placed(const EdgeArrays& edges) const {
    return two_sided_ ? between_sides(edges, options_.direction) : edges;
  }
};

void drawings_report(const Attention& attention, const Graphs& graphs,
                     const TokenGraphOptions& options, Sink& sink) {
  const Drawings drawings(attention, graphs, options, sink.form());
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < graphs.count(); ++i) {
    sink.progress(i, graphs.count());
    const Drawing graph = drawings.drawing(i);
    left_out += graph.left_out;
    sink.graph(graph);
  }
  if (left_out > 0 && !options.choice.any()) sink.note(drawings.note(left_out));
}

/// The option that set something.
const char* option_of(const RowCriteria& choice) {
  if (choice.top_k) return "$top-k";
  return choice.disparity ? "$disparity" : "$threshold";
}

void matrices_report(const Attention& attention, const TokenGraphOptions& options, Sink& sink) {
  HeatmapOptions heatmap;
  heatmap.scope = PictureScope::head;
  heatmap.annotate = options.edge_labels;
  heatmap_report(attention, heatmap, sink);
}

}  // namespace

bool leaves_self_loops_out(const TokenGraphOptions& options) {
  return options.choice.by_visible_keys();
}

void check_options(const TokenGraphOptions& options, Form form) {
  check_criteria(options.choice);
  if (options.edge_labels && form != Form::drawing) {
    throw ArgumentError("$edge-labels", "is for drawings only", "write dot or svg");
  }
  if (options.layout != Layout::natural && form == Form::rows) {
    throw ArgumentError("$layout", "is for drawings only", "write dot, svg or graphml");
  }
  const bool matrix = options.layout == Layout::matrix;
  if (form == Form::whole_graph && (matrix || options.layout == Layout::columns)) {
    throw ArgumentError("$layout", "columns and matrix have no place for each node once",
                        "write svg, or choose circle, spring or arcs");
  }
  if (!matrix) return;
  if (options.choice.any()) {
    throw ArgumentError(option_of(options.choice), "chooses edges, a matrix shows every weight");
  }
  if (options.self_loops == SelfLoops::drop || options.direction == Direction::informs) {
    throw ArgumentError(options.self_loops == SelfLoops::drop ? "$self-loops" : "$direction",
                        "is about edges, a matrix shows weights of queries and keys");
  }
}

AnswerColumns token_graph_columns() {
  return {edge_table({}, Known::yes, false, ColumnType::real).schema()};
}

void token_graph_report(const Attention& attention, const TokenGraphOptions& options, Sink& sink) {
  if (options.layout == Layout::matrix) return matrices_report(attention, options, sink);
  const Graphs graphs(attention);
  note_missing_queries(attention, sink);
  note_direction(options.direction, sink);
  sink.form() == Form::rows ? rows_report(graphs, options, sink)
                            : drawings_report(attention, graphs, options, sink);
}

}  // namespace attngraph
