#include "report/questions/layers.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/layered_drawing.hpp"
#include "report/parts/layered_edges.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

bool asks_for_routes(const LayersOptions& options) { return !options.from.empty(); }

std::optional<AskedRoutes> set_off_routes(LayeredEdges& layered, const LayersOptions& options,
                                          Sink& sink) {
  if (!asks_for_routes(options)) return std::nullopt;
  AskedRoutes asked{token_choice(options.from, layered.labels(), "$from"),
                    token_choice(options.to, layered.labels(), "$to"),
                    {}};
  asked.routes = layered.set_off(asked.input, asked.output, options.count.value_or(routes_set_off));
  if (asked.routes.routes == 0) {
    sink.note("no route leads from input " + std::to_string(asked.input) + " to output " +
              std::to_string(asked.output));
  }
  return asked;
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
  constexpr std::size_t bytes_per_row = 200;  // of a list that grows, and what is made of it
  const std::size_t tokens = layered.tokens();
  check_memory(layered.limits(),
               {tokens, std::min(options.choice.top_k.value_or(tokens), tokens), bytes_per_row},
               "the edges of a layer", "$top-k K shows K of each token");
  table.begin(sink);
  for (std::size_t level = 1; level <= layered.levels(); ++level) {
    const LayeredEdges::Chosen chosen = layered.below(level, options.choice);
    std::vector<EdgeRow> rows;
    rows.reserve(chosen.edges.size());
    for (const LayeredEdge& edge : chosen.edges) rows.push_back({layered.layer(level), edge});
    table.send(rows, sink);
    sink.progress(level, layered.levels());
  }
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
  const std::optional<AskedRoutes> asked = set_off_routes(layered, options, sink);
  if (sink.form() == Form::rows) return rows_report(layered, attention, options, sink);
  Drawing drawing = layered_drawing(layered, options.choice, asked, sink);
  drawing.title += ", heads by " + std::string(fuse_name(options.transition.fuse));
  drawing.edge_labels = options.edge_labels;
  drawing.single_precision = attention.single_precision();
  sink.graph(drawing);
}

}  // namespace attngraph
