#include "report/questions/flow.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "metrics/flow/flows.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/matrix_picture.hpp"
#include "report/drawn/patch_row.hpp"
#include "report/drawn/ratio_picture.hpp"
#include "report/drawn/row_bars.hpp"
#include "report/parts/flow_rows.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

std::vector<std::size_t> outputs_of(const AnswerTokens& tokens, const std::string& target) {
  const auto& labels = tokens.labels();
  if (target.empty() || means_word(target, "all", labels, "$target")) {
    return all_tokens(tokens.outputs());
  }
  return {token_choice(target, labels, "$target")};
}

void check_question(const Attention& stack, const FlowOptions& options) {
  check_transitions(stack, options.transition);
  if (options.measure == FlowMeasure::cut && stack.merged_answer()) {
    throw ArgumentError("$cut", "names edges between single tokens",
                        "ask without $words, $drop-special and $segments");
  }
  if (options.measure == FlowMeasure::over_causal_null && !stack.causal()) {
    throw InputError(
        stack.source(), "is not causal, expected causal attention for $causal-null",
        "it is for decoders; $causal yes says that it is, where a mask left a trace on "
        "later keys");
  }
}

/// The flow from an output to an input.
struct PairFlow {
  std::size_t output;
  std::size_t input;
  std::string label;
  InputFlow to;
  std::string output_label;
};

const Column flow_column{
    .name = "flow",
    .about = "how much can flow from the output through all layers to the input",
    .rank = 0,
    .formula =
        "maximum flow where an edge (layer l, q) -> (layer l - 1, k) carries at most "
        "Ã[q, k], Ã with the residual",
    .paper = "Abnar and Zuidema 2020"};

const Column saturated_share{.name = "saturated_share",
                             .about = "share of these flows that equal their bound"};

Table<PairFlow> flow_table(ColumnType type, Known labels) {
  return {{columns::output, &PairFlow::output},
          {columns::input, &PairFlow::input},
          {columns::label(columns::input), &PairFlow::label},
          {flow_column.of_type(type), [](const PairFlow& row) { return row.to.flow; }},
          {{.name = "bound",
            .type = type,
            .about = "what no flow can exceed, by the last and the first layer alone",
            .formula = "min(row sum of the last Ã at the output, column sum of the first Ã at the "
                       "input over the queries that the output reaches)"},
           [](const PairFlow& row) { return row.to.bound; }},
          {{.name = "saturated",
            .type = ColumnType::integer,
            .about = "1 where the flow equals its bound, so that the layers between do not matter",
            .formula = "1 where bound - flow < 1e-9, else 0"},
           [](const PairFlow& row) { return row.to.saturated; }},
          {columns::label_of(columns::output, labels), &PairFlow::output_label}};
}

void write_rows(const FlowQuestion& question, Sink& sink) {
  const std::vector<std::string>& labels = question.tokens.labels();
  FlowRows rows(question, sink);
  const Table<PairFlow> table =
      flow_table(real_type(question.stack.single_precision()), columns::known_labels(labels));
  table.begin(sink);
  rows.for_each([&](std::size_t output, const FlowRow& row) {
    std::vector<PairFlow> pairs;
    for (std::size_t i = 0; i < question.inputs.size(); ++i) {
      const std::size_t input = question.inputs[i];
      pairs.push_back({output, input, labels[input], row[i], labels[output]});
    }
    table.send(pairs, sink);
  });
  sink.summary(saturated_share, rows.saturated_share());
}

void write_matrix(const FlowQuestion& question, Sink& sink) {
  FlowRows rows(question, sink);
  MatrixSeries series;
  series.shape = {question.outputs.size(), question.inputs.size()};
  series.row_column = columns::output;
  series.column_column = columns::input;
  series.value_column = flow_column;
  series.column_label = columns::label(columns::input);
  series.column_labels = question.tokens.labels();
  if (question.outputs.size() == question.tokens.outputs()) {
    label_rows(series, question.tokens.output_labels());
  }
  series.single_precision = question.stack.single_precision();
  sink.begin_matrices(series);
  std::size_t next = 0;
  rows.for_each([&](std::size_t, const FlowRow& row) {
    std::vector<double> flows;
    for (const InputFlow& to : row) flows.push_back(to.flow);
    sink.matrix({}, {1, flows.size(), flows.data(), nullptr, next++});
  });
  sink.summary(saturated_share, rows.saturated_share());
}

/// Over the patches of an image, as bars over tokens, or where all outputs are asked about as a
/// heat map.
void write_picture(const FlowQuestion& question, Sink& sink) {
  const auto& labels = question.tokens.labels();
  if (question.outputs.size() > 1) {
    MatrixPicture picture(sink, "flow through layers");
    write_matrix(question, picture);
    return picture.finish();
  }
  if (!over_patches(labels, question.options.patches)) {
    RowBars bars(sink, "flow: how much of an input can reach an output");
    write_rows(question, bars);
    return bars.finish();
  }
  const PatchRow patches(labels.size(), labels, question.options.patches, sink);
  FlowRows rows(question, sink);
  rows.for_each([&](std::size_t output, const FlowRow& row) {
    std::vector<double> flows;
    for (const InputFlow& to : row) flows.push_back(to.flow);
    sink.picture(patches.picture("flow to " + labels[output], "flow", {patches.panel("", flows)}));
  });
}

/// The same, which says what the flows are divided by.
void write_measured_picture(const FlowQuestion& question, Sink& sink) {
  const FlowMeasure measure = question.options.measure;
  if (measure == FlowMeasure::flow) return write_picture(question, sink);
  const bool share = measure == FlowMeasure::share;
  RatioPicture ratio(
      sink, share ? "as shares of all flow of the output" : "over uniform causal attention",
      share ? " share" : " / null");
  write_picture(question, ratio);
}

/// An edge of the minimum cut between an output and an input.
struct CutEdge {
  std::size_t output;
  std::size_t input;
  std::int64_t layer;
  LayerEdge edge;
};

Table<CutEdge> cut_table(const std::vector<std::string>& labels, Known known, ColumnType capacity) {
  using enum ColumnType;
  const auto label = [&labels](auto LayerEdge::*end) {
    return [&labels, end](const CutEdge& row) { return labels[row.edge.*end]; };
  };
  const Column from{.name = "from",
                    .type = integer,
                    .about = "token above, where an edge of the cut begins",
                    .rank = 0};
  const Column to{.name = "to", .type = integer, .about = "token below, where it ends", .rank = 0};
  return {{columns::output, &CutEdge::output},
          {columns::input, &CutEdge::input},
          {columns::layer, &CutEdge::layer},
          {from, [](const CutEdge& row) { return row.edge.from; }},
          {to, [](const CutEdge& row) { return row.edge.to; }},
          {columns::label_of(from), label(&LayerEdge::from)},
          {columns::label_of(to), label(&LayerEdge::to)},
          {{.name = "capacity",
            .type = capacity,
            .about = "what the edge can carry; the capacities of a cut add up to the flow",
            .rank = 0},
           [](const CutEdge& row) { return row.edge.capacity; }},
          {columns::label_of(columns::output, known),
           [&labels](const CutEdge& row) { return labels[row.output]; }},
          {columns::label_of(columns::input, known),
           [&labels](const CutEdge& row) { return labels[row.input]; }}};
}

void write_cuts(const FlowQuestion& question, Sink& sink) {
  Flows flows(transitions_of(question), question.options.engine);
  const Table<CutEdge> table =
      cut_table(question.tokens.labels(), columns::known_labels(question.tokens.labels()),
                real_type(question.stack.single_precision()));
  table.begin(sink);
  std::size_t done = 0;
  for (const std::size_t output : question.outputs) {
    for (const std::size_t input : question.inputs) {
      sink.progress(done++, question.outputs.size() * question.inputs.size());
      std::vector<CutEdge> edges;
      for (const LayerEdge& edge : flows.minimum_cut(output, input)) {
        const auto layer = question.stack.layer_index(question.range.first + edge.layer);
        edges.push_back({output, input, layer, edge});
      }
      table.send(edges, sink);
    }
  }
}

}  // namespace

AnswerColumns flow_columns(FlowMeasure measure) {
  if (measure == FlowMeasure::cut) return {cut_table({}, Known::yes, ColumnType::real).schema()};
  return {flow_table(ColumnType::real, Known::yes).schema(), {saturated_share}};
}

void flow_report(const Attention& stack, const FlowOptions& options, Sink& sink) {
  check_question(stack, options);
  const AnswerTokens tokens(stack);
  FlowQuestion question{stack,
                        options,
                        layer_range(stack, options.start_layer, options.end_layer),
                        tokens,
                        outputs_of(tokens, options.target),
                        all_tokens(tokens.inputs())};
  if (!options.from.empty()) {
    question.inputs = {token_choice(options.from, tokens.labels(), "$from")};
  }
  if (options.measure == FlowMeasure::cut) {
    write_cuts(question, sink);
  } else if (is_seen(sink.form())) {
    write_measured_picture(question, sink);
  } else if (sink.form() == Form::matrices) {
    write_matrix(question, sink);
  } else {
    write_rows(question, sink);
  }
}

}  // namespace attngraph
