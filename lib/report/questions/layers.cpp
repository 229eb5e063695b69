#include "report/questions/layers.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/head_drawing.hpp"
#include "report/parts/layered_edges.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

bool asks_for_routes(const LayersOptions& options) { return !options.from.empty(); }

void set_off_routes(LayeredEdges& layered, const std::vector<std::string>& labels,
                    const LayersOptions& options, Sink& sink) {
  const std::size_t input = token_choice(options.from, labels, "$from");
  const std::size_t output = token_choice(options.to, labels, "$to");
  if (layered.set_off(input, output, options.count.value_or(routes_set_off)) > 0) return;
  sink.note("no route leads from input " + std::to_string(input) + " to output " +
            std::to_string(output));
}

struct EdgeRow {
  std::int64_t layer;
  LayeredEdge edge;
};

Table<EdgeRow> edge_table(const std::vector<std::string>& tokens, Known known, ColumnType weight,
                          bool routes) {
  const Column source{.name = "source",
                      .type = ColumnType::integer,
                      .about = "token above, the query of that layer, counted from 0",
                      .rank = 0};
  const Column target{.name = "target",
                      .type = ColumnType::integer,
                      .about = "token below, the key of that layer, counted from 0",
                      .rank = 0};
  Table<EdgeRow> table{
      {columns::layer, &EdgeRow::layer},
      {source, [](const EdgeRow& row) { return row.edge.source; }},
      {target, [](const EdgeRow& row) { return row.edge.target; }},
      {{.name = "weight",
        .type = weight,
        .about = "share of the token above that comes from the one below, residual included",
        .rank = 0,
        .formula =
            "Ã[query, key] = (1 - r) F + r I, F the heads fused, r the share of the residual"},
       [](const EdgeRow& row) { return row.edge.weight; }}};
  if (routes) {
    table.add(
        {{.name = "route",
          .type = ColumnType::integer,
          .about = "first of the routes asked for that takes the edge, from 1 on; 0 where none",
          .rank = 0},
         [](const EdgeRow& row) { return row.edge.route; }});
  }
  const auto label = [&tokens](std::size_t LayeredEdge::*end) {
    return
        [&tokens, end](const EdgeRow& row) -> const std::string& { return tokens[row.edge.*end]; };
  };
  table.add({columns::label_of(source, known), label(&LayeredEdge::source)});
  table.add({columns::label_of(target, known), label(&LayeredEdge::target)});
  return table;
}

void rows_report(const LayeredEdges& layered, const Attention& attention,
                 const LayersOptions& options, Sink& sink) {
  const Table<EdgeRow> table =
      edge_table(layered.labels(), columns::known_labels(layered.labels()),
                 real_type(attention.single_precision()), asks_for_routes(options));
  table.begin(sink);
  for (std::size_t level = 1; level <= layered.levels(); ++level) {
    std::vector<EdgeRow> rows;
    for (const LayeredEdge& edge : layered.below(level, options.choice).edges) {
      rows.push_back({layered.layer(level), edge});
    }
    table.send(rows, sink);
    sink.progress(level, layered.levels());
  }
}

std::string title_of(const LayeredEdges& layered, const LayersOptions& options) {
  const std::string first = std::to_string(layered.layer(1));
  const std::string last = std::to_string(layered.layer(layered.levels()));
  std::string title = (first == last ? "layer " + first : "layers " + first + " to " + last) +
                      ", heads by " + std::string(fuse_name(options.transition.fuse));
  if (asks_for_routes(options)) title += ", routes from " + options.from + " to " + options.to;
  return title;
}

/// A row of tokens for the outputs of each layer, one for the inputs at the bottom, and no edges.
Drawing empty_drawing(const LayeredEdges& layered, const std::vector<std::string>& labels) {
  const double width = std::max<double>(1, static_cast<double>(labels.size()) - 1);
  Drawing drawing;
  for (std::size_t level = 0; level <= layered.levels(); ++level) {
    for (std::size_t token = 0; token < labels.size(); ++token) {
      DrawnNode& node = drawing.nodes.emplace_back();
      node.label = labels[token];
      node.x = static_cast<double>(token) / width;
      node.y = 1 - static_cast<double>(level) / static_cast<double>(layered.levels());
      node.rank = static_cast<std::int32_t>(layered.levels() - level);
    }
  }
  drawing.direction = "attends";
  drawing.placed = true;
  return drawing;
}

void draw_level(const LayeredEdges& layered, std::size_t level, const EdgeChoice& choice,
                Drawing& drawing) {
  const std::size_t tokens = layered.tokens();
  const Eigen::RowVectorXd received = layered.transition(level).colwise().sum();
  for (std::size_t k = 0; k < tokens; ++k) {
    drawing.nodes[(level - 1) * tokens + k].size =
        received[static_cast<Index>(k)] / received.maxCoeff();
  }
  const LayeredEdges::Chosen chosen = layered.below(level, choice);
  for (const LayeredEdge& edge : chosen.edges) {
    drawing.edges.push_back({static_cast<std::int32_t>(level * tokens + edge.source),
                             static_cast<std::int32_t>((level - 1) * tokens + edge.target),
                             edge.weight, layered.layer(level), edge.route});
  }
  drawing.left_out += chosen.left_out;
}

void drawing_report(const LayeredEdges& layered, const Attention& attention,
                    const LayersOptions& options, Sink& sink) {
  Drawing drawing = empty_drawing(layered, layered.labels());
  drawing.title = title_of(layered, options);
  drawing.edge_labels = options.edge_labels;
  drawing.single_precision = attention.single_precision();
  EdgeChoice choice = options.choice;
  const bool some = sink.form() == Form::drawing && !choice.top_k;
  if (some) choice.top_k = shown_per_query;
  for (std::size_t level = 1; level <= layered.levels(); ++level) {
    draw_level(layered, level, choice, drawing);
    sink.progress(level, layered.levels());
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

AnswerColumns layers_columns(const LayersOptions& options) {
  return {edge_table({}, Known::yes, ColumnType::real, asks_for_routes(options)).schema()};
}

void layers_report(const Attention& attention, const LayersOptions& options, Sink& sink) {
  LayeredEdges layered(attention, layer_range(attention, options.start_layer, options.end_layer),
                       options.transition);
  if (asks_for_routes(options)) set_off_routes(layered, layered.labels(), options, sink);
  sink.form() == Form::rows ? rows_report(layered, attention, options, sink)
                            : drawing_report(layered, attention, options, sink);
}

}  // namespace attngraph
