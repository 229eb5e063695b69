#include "report/questions/graph.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "graph/graphs.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/table.hpp"
#include "report/parts/graph_notes.hpp"
#include "report/parts/head_drawing.hpp"

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

/// Calls `visit(edges)` for the edges of graph `i` that are asked for, part by part.
template <typename Visit>
void for_each_part(const Graphs& graphs, std::size_t i, const TokenGraphOptions& options,
                   const Visit& visit) {
  const Graph graph = graphs.graph(i, {options.direction, options.self_loops});
  graph.parts(options.choice.top_k.value_or(every_edge), [&](const EdgeArrays& edges) {
    visit(chosen_edges(edges, options.direction, options.choice));
  });
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

Drawing drawing_of(const Graphs& graphs, std::size_t i, const TokenGraphOptions& options,
                   Form form) {
  HeadDrawing drawing(graphs.layer(i), graphs.head(i), graphs.nodes());
  const bool some = form == Form::drawing && !options.choice.top_k;
  for_each_part(graphs, i, options, [&](const EdgeArrays& edges) {
    if (!some) return drawing.show(edges);
    std::vector<char> marked = largest_of_each_query(edges, options.direction, shown_per_query);
    drawing.show(marked_edges(edges, marked));
    for (char& mark : marked) mark = !mark;
    drawing.leave_out(marked_edges(edges, marked));
  });
  Drawing graph = drawing.drawn(graphs.labels(), options.layout);
  graph.direction = direction_name(options.direction);
  graph.edge_labels = options.edge_labels;
  graph.single_precision = graphs.single_precision();
  return graph;
}

void drawings_report(const Graphs& graphs, const TokenGraphOptions& options, Sink& sink) {
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < graphs.count(); ++i) {
    sink.progress(i, graphs.count());
    const Drawing graph = drawing_of(graphs, i, options, sink.form());
    left_out += graph.left_out;
    sink.graph(graph);
  }
  if (left_out == 0) return;
  sink.note("the drawing shows the " + std::to_string(shown_per_query) +
            " largest edges of each query and leaves out " + std::to_string(left_out) +
            "; $top-k all shows every one");
}

}  // namespace

void check_options(const TokenGraphOptions& options, Form form) {
  if (options.edge_labels && form != Form::drawing) {
    throw ArgumentError("$edge-labels", "is for drawings only", "write dot or svg");
  }
  if (options.layout != Layout::none && form == Form::rows) {
    throw ArgumentError("$layout", "is for drawings only", "write dot, svg or graphml");
  }
}

AnswerColumns token_graph_columns() {
  return {edge_table({}, Known::yes, false, ColumnType::real).schema()};
}

void token_graph_report(const Attention& attention, const TokenGraphOptions& options, Sink& sink) {
  const Graphs graphs(attention);
  note_direction(options.direction, sink);
  sink.form() == Form::rows ? rows_report(graphs, options, sink)
                            : drawings_report(graphs, options, sink);
}

}  // namespace attngraph
