#include "report/questions/flow.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "metrics/flow/flows.hpp"
#include "report/answer/real_column.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/flow_rows.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

std::vector<std::size_t> outputs_of(const AttentionStack& stack, const std::string& target,
                                    Sink& sink) {
  const auto& tokens = stack.tokens();
  const bool keyword = target == "all" || target == "last";
  if (keyword && std::find(tokens.begin(), tokens.end(), target) != tokens.end()) {
    sink.note("$target " + target + " is not the token '" + target + "'; name that by its index");
  }
  if (target.empty() || target == "all") return all_tokens(stack.queries());
  if (target == "last") return {stack.queries() - 1};
  return {token_choice(target, stack.query_labels(), "$target")};
}

void check_options(const AttentionStack& stack, const FlowOptions& options) {
  check_transitions(stack, options.transition);
  if (options.causal_null && !stack.causal()) {
    throw InputError(stack.source(), "is not causal, expected causal attention for $causal-null",
                     "$causal yes says that it is");
  }
  if (options.relative && options.causal_null) {
    throw ArgumentError("$relative", "does not go with $causal-null");
  }
  if (options.cut && (options.relative || options.causal_null)) {
    throw ArgumentError("$cut", "gives capacities as they are, not $relative or $causal-null");
  }
}

void write_rows(const FlowQuestion& question, Sink& sink) {
  const bool single = question.stack.single_precision();
  FlowRows rows(question, sink);
  sink.begin_rows({{"output", ColumnType::integer},
                   {"input", ColumnType::integer},
                   {"label", ColumnType::text},
                   real_column("flow", single),
                   real_column("bound", single),
                   {"saturated", ColumnType::integer}});
  const std::vector<std::int64_t> inputs(question.inputs.begin(), question.inputs.end());
  std::vector<std::string> labels;
  for (const std::size_t input : question.inputs) labels.push_back(question.labels[input]);
  rows.for_each([&](std::size_t output, const FlowRow& row) {
    sink.rows({std::vector<std::int64_t>(inputs.size(), static_cast<std::int64_t>(output)), inputs,
               labels, real_values(row.flow, single), real_values(row.bound, single),
               row.saturated});
  });
  sink.summary("saturated_share", rows.saturated_share());
}

void write_matrix(const FlowQuestion& question, Sink& sink) {
  FlowRows rows(question, sink);
  MatrixSeries series;
  series.shape = {question.outputs.size(), question.inputs.size()};
  series.row_column = "output";
  series.column_column = "input";
  series.value_column = "flow";
  series.column_labels = question.labels;
  series.single_precision = question.stack.single_precision();
  sink.begin_matrices(series);
  std::size_t next = 0;
  rows.for_each([&](std::size_t, const FlowRow& row) {
    sink.matrix({}, {1, row.flow.size(), row.flow.data(), nullptr, next++});
  });
  sink.summary("saturated_share", rows.saturated_share());
}

void write_cuts(const FlowQuestion& question, Sink& sink) {
  const bool single = question.stack.single_precision();
  Flows flows(transitions_of(question), question.options.engine);
  sink.begin_rows({{"output", ColumnType::integer},
                   {"input", ColumnType::integer},
                   {"layer", ColumnType::integer},
                   {"from", ColumnType::integer},
                   {"to", ColumnType::integer},
                   {"from_label", ColumnType::text},
                   {"to_label", ColumnType::text},
                   real_column("capacity", single)});
  std::size_t done = 0;
  for (const std::size_t output : question.outputs) {
    for (const std::size_t input : question.inputs) {
      sink.progress(done++, question.outputs.size() * question.inputs.size());
      std::vector<std::int64_t> layers, froms, tos;
      std::vector<std::string> from_labels, to_labels;
      std::vector<double> capacities;
      for (const LayerEdge& edge : flows.minimum_cut(output, input)) {
        layers.push_back(question.stack.layer_index(question.range.first + edge.layer));
        froms.push_back(static_cast<std::int64_t>(edge.from));
        tos.push_back(static_cast<std::int64_t>(edge.to));
        from_labels.push_back(question.labels[edge.from]);
        to_labels.push_back(question.labels[edge.to]);
        capacities.push_back(edge.capacity);
      }
      const std::size_t count = layers.size();
      sink.rows({std::vector<std::int64_t>(count, static_cast<std::int64_t>(output)),
                 std::vector<std::int64_t>(count, static_cast<std::int64_t>(input)), layers, froms,
                 tos, from_labels, to_labels, real_values(capacities, single)});
    }
  }
}

}  // namespace

void flow_report(const AttentionStack& stack, const FlowOptions& options, Sink& sink) {
  check_options(stack, options);
  FlowQuestion question{stack,
                        options,
                        layer_range(stack, options.start_layer, options.end_layer),
                        outputs_of(stack, options.target, sink),
                        all_tokens(stack.keys()),
                        stack.key_labels()};
  if (!options.from.empty()) {
    question.inputs = {token_choice(options.from, question.labels, "$from")};
  }
  if (options.cut) {
    write_cuts(question, sink);
  } else if (options.matrix) {
    write_matrix(question, sink);
  } else {
    write_rows(question, sink);
  }
}

}  // namespace attngraph
