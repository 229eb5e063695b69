#include "report/flow.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attention/attention_stack.hpp"
#include "core/error.hpp"
#include "core/forked_workers.hpp"
#include "core/parallel.hpp"
#include "metrics/flows.hpp"
#include "report/matrix_view.hpp"
#include "report/real_column.hpp"
#include "report/sink.hpp"
#include "report/token_choice.hpp"

namespace attngraph {
namespace {

/// A flow that is this near its bound is saturated.
constexpr double saturation = 1e-9;

/// Everything that the answer is made of.
struct Question {
  const AttentionStack& stack;
  const FlowOptions& options;
  LayerRange range;
  std::vector<std::size_t> outputs;
  std::vector<std::size_t> inputs;
  std::vector<std::string> labels;
};

std::vector<std::size_t> all_tokens(std::size_t count) {
  std::vector<std::size_t> tokens(count);
  std::iota(tokens.begin(), tokens.end(), std::size_t{0});
  return tokens;
}

std::vector<std::size_t> outputs_of(const AttentionStack& stack, const std::string& target,
                                    Sink& sink) {
  const auto& tokens = stack.tokens();
  const bool keyword = target == "all" || target == "last";
  if (keyword && std::find(tokens.begin(), tokens.end(), target) != tokens.end()) {
    sink.note("--target " + target + " is not the token '" + target + "'; name that by its index");
  }
  if (target.empty() || target == "all") return all_tokens(stack.queries());
  if (target == "last") return {stack.queries() - 1};
  return {token_choice(target, stack.query_labels(), "--target")};
}

void check_options(const AttentionStack& stack, const FlowOptions& options) {
  check_transitions(stack, options.transition);
  if (options.causal_null && !stack.causal()) {
    throw InputError(stack.source(), "is not causal, expected causal attention for --causal-null",
                     "--causal yes says that it is");
  }
  if (options.relative && options.causal_null) {
    throw ArgumentError("--relative", "does not go with --causal-null");
  }
  if (options.cut && (options.relative || options.causal_null)) {
    throw ArgumentError("--cut", "gives capacities as they are, not --relative or --causal-null");
  }
}

std::vector<Matrix> transitions_of(const Question& question) {
  std::vector<Matrix> transitions;
  for (std::size_t l = question.range.first; l <= question.range.last; ++l) {
    transitions.push_back(layer_transition(question.stack, l, question.options.transition));
  }
  return transitions;
}

/// The flows from one output to the inputs that are asked for.
struct FlowRow {
  std::vector<double> flow;
  std::vector<double> bound;
  std::vector<std::int64_t> saturated;
};

template <typename Number>
void append_bytes(const std::vector<Number>& numbers, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number));
}

/// The row as bytes that another process can read.
std::string bytes_of(const FlowRow& row) {
  std::string bytes;
  append_bytes(row.flow, bytes);
  append_bytes(row.bound, bytes);
  append_bytes(row.saturated, bytes);
  return bytes;
}

FlowRow row_from(std::string_view bytes) {
  static_assert(sizeof(double) == sizeof(std::int64_t));
  const std::size_t part = bytes.size() / 3, count = part / sizeof(double);
  FlowRow row{std::vector<double>(count), std::vector<double>(count),
              std::vector<std::int64_t>(count)};
  std::memcpy(row.flow.data(), bytes.data(), part);
  std::memcpy(row.bound.data(), bytes.data() + part, part);
  std::memcpy(row.saturated.data(), bytes.data() + 2 * part, part);
  return row;
}

/// Answers row after row, and tells how far it is.
class FlowRows {
 public:
  FlowRows(const Question& question, Sink& sink)
      : question_(question),
        flows_(transitions_of(question), question.options.engine),
        sink_(sink) {
    if (!question.options.causal_null) return;
    const std::size_t layers = question.range.last - question.range.first + 1;
    const Matrix uniform =
        uniform_causal_transition(question.stack.keys(), question.options.transition.residual);
    null_.emplace(std::vector<Matrix>(layers, uniform), FlowEngine::own);
  }

  /// Calls `visit(output, row)` for every output in order. Outputs are shared among threads, and
  /// where there is just one, its inputs.
  void for_each(const std::function<void(std::size_t, const FlowRow&)>& visit) {
    const std::size_t places = results_in_flight();
    std::vector<FlowRow> rows(places);
    const auto work = [&](std::size_t o) { rows[o % places] = row(question_.outputs[o]); };
    const auto finish = [&](std::size_t o) {
      const FlowRow& row = rows[o % places];
      for (const std::int64_t one : row.saturated) saturated_ += static_cast<std::size_t>(one);
      done_ += question_.inputs.size();
      visit(question_.outputs[o], row);
    };
    if (question_.options.engine == FlowEngine::own) {
      parallel_in_order(question_.outputs.size(), work, finish);
      return;
    }
    // igraph does not bear two threads.
    forked_in_order(
        question_.outputs.size(),
        [&](std::size_t o) {
          work(o);
          return bytes_of(rows[o % places]);
        },
        [&](std::size_t o, std::string_view bytes) {
          rows[o % places] = row_from(bytes);
          finish(o);
          tell_progress(done_);
        });
  }

  double saturated_share() const {
    return done_ > 0 ? static_cast<double>(saturated_) / static_cast<double>(done_) : 0;
  }

 private:
  const Question& question_;
  Flows flows_;
  std::optional<Flows> null_;
  Sink& sink_;
  std::size_t done_ = 0;
  std::size_t saturated_ = 0;

  void tell_progress(std::size_t done) {
    sink_.progress(done, question_.outputs.size() * question_.inputs.size());
  }

  FlowRow row(std::size_t output) {
    const auto progress = [this](std::size_t done) {
      if (question_.options.engine == FlowEngine::own) tell_progress(done_ + done);
    };
    const auto& inputs = question_.inputs;
    FlowRow row{flows_.flows(output, inputs, progress), {}, {}};
    const std::vector<double> divisors = divisors_of(output, row.flow, progress);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const double bound = flows_.bound(inputs[i]);
      row.saturated.push_back(std::abs(bound - row.flow[i]) < saturation ? 1 : 0);
      row.flow[i] = divisors[i] > 0 ? row.flow[i] / divisors[i] : 0;
      row.bound.push_back(divisors[i] > 0 ? bound / divisors[i] : 0);
    }
    return row;
  }

  /// What the flows to the inputs are divided by.
  std::vector<double> divisors_of(std::size_t output, const std::vector<double>& flows,
                                  const std::function<void(std::size_t)>& progress) {
    if (null_) return null_->flows(output, question_.inputs, progress);
    double sum = 1;
    if (question_.options.relative) {
      const bool all = flows.size() == question_.stack.keys();
      const std::vector<double> row =
          all ? flows : flows_.flows(output, all_tokens(question_.stack.keys()), progress);
      sum = std::accumulate(row.begin(), row.end(), 0.0);
    }
    return std::vector<double>(flows.size(), sum);
  }
};

void write_rows(const Question& question, Sink& sink) {
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

void write_matrix(const Question& question, Sink& sink) {
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

void write_cuts(const Question& question, Sink& sink) {
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
  Question question{stack,
                    options,
                    layer_range(stack, options.start_layer, options.end_layer),
                    outputs_of(stack, options.target, sink),
                    all_tokens(stack.keys()),
                    stack.key_labels()};
  if (!options.from.empty()) {
    question.inputs = {token_choice(options.from, question.labels, "--from")};
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
