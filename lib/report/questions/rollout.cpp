#include "report/questions/rollout.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attention/attention.hpp"
#include "attention/layers/rollout.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/matrix_picture.hpp"
#include "report/drawn/patch_row.hpp"
#include "report/drawn/ratio_picture.hpp"
#include "report/drawn/row_bars.hpp"
#include "report/parts/answer_tokens.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
void divide_by(MatrixOf<Scalar>& product, const Matrix& null) {
  for (Index i = 0; i < product.size(); ++i) {
    const double expected = null.data()[i];
    const double value = product.data()[i];
    product.data()[i] = static_cast<Scalar>(expected > 0 ? value / expected : 0);
  }
}

bool single_precision(const Attention& stack, const RolloutOptions& options) {
  return options.precision == Precision::input && stack.single_precision();
}

const Column layer_column{.name = "layer",
                          .type = ColumnType::integer,
                          .about = "layer up to which the rollout goes, as in the file",
                          .rank = 0};
const Column rollout_column{
    .name = "rollout",
    .about = "share of the output that comes from the input through all layers",
    .rank = 0,
    .formula =
        "R = Ã_L ⋯ Ã_1, Ã = (1 - r) F + r I, F the heads fused, r the "
        "share of the residual",
    .paper = "Abnar and Zuidema 2020; with gradients Chefer et al. 2021"};

/// What stands in place of a token where the answer is about the mean of all.
Column output_column(bool named) {
  return {.name = "output",
          .type = label_type(named),
          .about = "token at the end of the last layer, counted from 0; mean for all together",
          .rank = 0};
}

MatrixSeries series_of(const Attention& stack, const AnswerTokens& tokens,
                       const RolloutOptions& options, LayerRange range) {
  MatrixSeries series;
  if (options.prefixes) {
    series.shape.push_back(range.last - range.first + 1);
    series.place_columns.push_back(layer_column);
  }
  series.shape.insert(series.shape.end(), {tokens.outputs(), tokens.inputs()});
  series.row_column = columns::output;
  series.column_column = columns::input;
  series.value_column = rollout_column;
  series.column_label = columns::label(columns::input);
  series.column_labels = tokens.labels();
  label_rows(series, tokens.labels());
  series.single_precision = single_precision(stack, options);
  return series;
}

template <typename Scalar>
void rollout_matrices(const Attention& stack, const RolloutOptions& options, LayerRange range,
                      Sink& sink) {
  const AnswerTokens tokens(stack);
  sink.begin_matrices(series_of(stack, tokens, options, range));
  Matrix null;
  Matrix null_layer;
  if (options.causal_null) {
    null_layer = uniform_causal_transition(stack.keys(), options.transition.residual);
  }
  const auto prefix = [&](std::size_t l, const MatrixOf<Scalar>& product) {
    sink.progress(l - range.first + 1, range.last - range.first + 1);
    if (options.causal_null) null = l == range.first ? null_layer : Matrix(null_layer * null);
    if (l != range.last && !options.prefixes) return;
    MatrixPlace place;
    if (options.prefixes) place.emplace_back(stack.layer_index(l));
    const bool as_it_is = !options.causal_null && !stack.merged_answer();
    if (as_it_is) return sink.matrix(place, view_of(product));
    MatrixOf<Scalar> answer = tokens.answer(product);
    if (options.causal_null) divide_by(answer, tokens.answer(null));
    sink.matrix(place, view_of(answer));
  };
  rollout<Scalar>(stack, options.transition, range, prefix);
}

/// One output of the model, or a weighting of all.
struct Target {
  /// What stands in the output column.
  std::variant<std::int64_t, std::string> name;
  Vector weights;
};

Target target_of(const AnswerTokens& tokens, const std::string& text) {
  const auto& labels = tokens.labels();
  if (means_word(text, "mean", labels, "$target")) {
    return {std::string("mean"), tokens.weights_of_mean()};
  }
  const std::size_t index = token_choice(text, labels, "$target");
  return {static_cast<std::int64_t>(index), tokens.weights_of(index)};
}

/// What an input is of the target.
struct TargetShare {
  std::int64_t layer;
  std::variant<std::int64_t, std::string> output;
  Index input;
  std::string label;
  double share;
  std::string output_label;
};

Table<TargetShare> share_table(bool named, bool prefixes, ColumnType type, Known labels) {
  Table<TargetShare> table{};
  if (prefixes) table.add({layer_column, &TargetShare::layer});
  table.add({output_column(named), &TargetShare::output});
  table.add({columns::input, &TargetShare::input});
  table.add({columns::label(columns::input), &TargetShare::label});
  table.add({rollout_column.of_type(type), &TargetShare::share});
  table.add({columns::label_of(columns::output, labels), &TargetShare::output_label});
  return table;
}

/// The rows of one target, one for each prefix, in the form that the sink takes.
class TargetRows {
 public:
  TargetRows(const Attention& stack, const AnswerTokens& tokens, const RolloutOptions& options,
             const Target& target, std::size_t count, Sink& sink)
      : stack_(stack),
        options_(options),
        target_(target),
        table_(share_table(std::holds_alternative<std::string>(target.name), options.prefixes,
                           real_type(single_precision(stack, options)),
                           std::holds_alternative<std::string>(target.name)
                               ? Known::no
                               : columns::known_labels(tokens.labels()))),
        labels_(tokens.labels()),
        sink_(sink) {
    if (is_seen(sink.form())) {
      patches_.emplace(labels_.size(), labels_, options.patches, sink);
    } else if (sink.form() == Form::matrices) {
      sink.begin_matrices(vector_series(count));
    } else {
      table_.begin(sink);
    }
  }

  void add(std::size_t l, const Vector& row) {
    const std::int64_t layer = stack_.layer_index(l);
    if (patches_) {
      const std::string title = "through layer " + std::to_string(layer);
      return panels_.push_back(
          patches_->panel(title, {row.data(), static_cast<std::size_t>(row.size())}));
    }
    if (sink_.form() == Form::matrices) {
      MatrixPlace place;
      if (options_.prefixes) place.emplace_back(layer);
      const Matrix matrix = row.transpose();
      return sink_.matrix(place, view_of(matrix));
    }
    std::vector<TargetShare> shares;
    for (Index i = 0; i < row.size(); ++i) {
      shares.push_back(
          {layer, target_.name, i, labels_[static_cast<std::size_t>(i)], row[i], target_label()});
    }
    table_.send(shares, sink_);
  }

  /// To be called behind the last row.
  void finish() {
    if (patches_)
      sink_.picture(patches_->picture("rollout of " + target_label(), "rollout", panels_));
  }

 private:
  const Attention& stack_;
  const RolloutOptions& options_;
  const Target& target_;
  Table<TargetShare> table_;
  std::vector<std::string> labels_;
  Sink& sink_;
  /// Set where the answer is a picture.
  std::optional<PatchRow> patches_;
  std::vector<Panel> panels_;

  std::string target_label() const {
    if (const auto* name = std::get_if<std::string>(&target_.name)) return *name + " of outputs";
    return labels_[static_cast<std::size_t>(std::get<std::int64_t>(target_.name))];
  }

  MatrixSeries vector_series(std::size_t count) const {
    MatrixSeries series;
    if (options_.prefixes) series.shape.push_back(count);
    series.shape.push_back(labels_.size());
    if (options_.prefixes) series.place_columns.push_back(layer_column);
    series.row_column = columns::output;
    series.column_column = columns::input;
    series.value_column = rollout_column;
    series.single_precision = single_precision(stack_, options_);
    return series;
  }
};

void rollout_rows(const Attention& stack, const RolloutOptions& options, LayerRange range,
                  Sink& sink) {
  const AnswerTokens tokens(stack);
  const Target target = target_of(tokens, options.target);
  const std::size_t count = range.last - range.first + 1;
  TargetRows rows(stack, tokens, options, target, count, sink);
  for (std::size_t l = options.prefixes ? range.first : range.last; l <= range.last; ++l) {
    Vector row =
        tokens.answer_row(rollout_row(stack, options.transition, {range.first, l}, target.weights));
    if (options.causal_null) {
      const Vector null = tokens.answer_row(
          causal_null_row(l - range.first + 1, options.transition.residual, target.weights));
      for (Index i = 0; i < row.size(); ++i) row[i] = null[i] > 0 ? row[i] / null[i] : 0;
    }
    rows.add(l, row);
    sink.progress(l - range.first + 1, count);
  }
  rows.finish();
}

void rollout_answer(const Attention& stack, const RolloutOptions& options, LayerRange range,
                    Sink& sink) {
  if (!options.target.empty()) {
    rollout_rows(stack, options, range, sink);
  } else if (single_precision(stack, options)) {
    rollout_matrices<float>(stack, options, range, sink);
  } else {
    rollout_matrices<double>(stack, options, range, sink);
  }
}

/// Over the patches of an image, as bars over tokens, or where all outputs are asked about as a
/// heat map.
void rollout_picture(const Attention& stack, const RolloutOptions& options, LayerRange range,
                     Sink& sink) {
  const AnswerTokens tokens(stack);
  if (options.target.empty()) {
    MatrixPicture picture(sink, "rollout through layers");
    rollout_answer(stack, options, range, picture);
    return picture.finish();
  }
  if (over_patches(tokens.labels(), options.patches)) {
    return rollout_rows(stack, options, range, sink);
  }
  RowBars bars(sink, "rollout: what an output is made of");
  rollout_rows(stack, options, range, bars);
  bars.finish();
}

}  // namespace

AnswerColumns rollout_columns(const RolloutOptions& options) {
  return {share_table(false, options.prefixes, ColumnType::real, Known::yes).schema()};
}

void rollout_report(const Attention& stack, const RolloutOptions& options, Sink& sink) {
  check_transitions(stack, options.transition);
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  if (options.causal_null && !stack.causal()) {
    throw InputError(
        stack.source(), "is not causal, expected causal attention for $causal-null",
        "it is for decoders; $causal yes says that it is, where a mask left a trace on later keys");
  }
  // A layer, the product so far and the next one; a single row has no product.
  const bool whole = options.target.empty() || transition_needs_matrix(options.transition);
  const std::size_t matrices = options.target.empty() ? 3 : 1;
  if (whole) {
    check_memory(stack.limits(), {matrices, stack.queries(), stack.keys(), sizeof(double)},
                 "rollout", "$target asks for one output only");
  }
  if (!is_seen(sink.form())) return rollout_answer(stack, options, range, sink);
  if (!options.causal_null) return rollout_picture(stack, options, range, sink);
  RatioPicture ratio(sink, "over uniform causal attention", " / null");
  rollout_picture(stack, options, range, ratio);
}

}  // namespace attngraph
