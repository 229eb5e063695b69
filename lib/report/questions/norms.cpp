#include "report/questions/norms.hpp"

#include <numeric>
#include <string>

#include "attention/attention.hpp"
#include "attention/computed/projected_heads.hpp"
#include "attention/heads/value_norms.hpp"
#include "core/error.hpp"
#include "report/answer/head_columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/column_means.hpp"
#include "report/drawn/row_bars.hpp"
#include "report/parts/answer_tokens.hpp"

namespace attngraph {
namespace {

[[noreturn]] void refuse_shape(const char* option, const Tensor& tensor,
                               const std::string& expected) {
  throw InputError(option, "has shape " + shape_text(tensor.shape()) + ", expected " + expected);
}

/// What the tensor holds for layer `l` of the selection.
/// @param rank axes of one layer
/// @param axes of one layer, for the error
Tensor of_layer(const Tensor& tensor, std::size_t rank, const Attention& stack, std::size_t l,
                const char* option, const std::string& axes) {
  const std::string layered = "[layer, " + axes + "]";
  if (tensor.rank() == rank) {
    if (stack.layers() == 1) return tensor;
    throw InputError(option,
                     "has shape " + shape_text(tensor.shape()) + " for one layer, expected " +
                         layered + " for " + std::to_string(stack.layers()) + " layers",
                     "choose one with $layer");
  }
  if (tensor.rank() != rank + 1) refuse_shape(option, tensor, layered + " or [" + axes + "]");
  const auto layer = static_cast<std::size_t>(stack.layer_index(l));
  if (layer < tensor.shape()[0]) return tensor.at(0, layer);
  throw InputError(option, "has " + std::to_string(tensor.shape()[0]) +
                               " layers, expected also layer " + std::to_string(layer));
}

/// The value heads of a layer as the file has them: [head][token, width].
std::vector<Matrix> value_heads(const Attention& stack, std::size_t l, const Tensor& value) {
  std::vector<Matrix> heads;
  if (value.rank() == 2) {
    if (stack.layers() > 1) of_layer(value, 2, stack, l, "$value", "head, token, width");
    const Matrix all = matrix_of<double>(value);
    const auto count = static_cast<Index>(stack.file_heads());
    if (all.cols() % count != 0) {
      refuse_shape("$value", value,
                   "a multiple of the " + std::to_string(count) + " heads as width");
    }
    const Index width = all.cols() / count;
    for (Index h = 0; h < count; ++h) heads.emplace_back(all.middleCols(h * width, width));
    return heads;
  }
  const Tensor layer = of_layer(value, 3, stack, l, "$value", "head, token, width");
  for (std::size_t h = 0; h < layer.shape()[0]; ++h) {
    heads.push_back(matrix_of<double>(layer.at(0, h)));
  }
  return heads;
}

void add_bias(std::vector<Matrix>& heads, const Tensor& bias) {
  const auto width = static_cast<std::size_t>(heads.front().cols());
  if (bias.shape()[0] != heads.size() * width) {
    refuse_shape("$bv", bias,
                 "[" + std::to_string(heads.size() * width) + "], one for each column");
  }
  const std::vector<double> values = bias.to_doubles();
  for (std::size_t h = 0; h < heads.size(); ++h) {
    heads[h].rowwise() +=
        Eigen::Map<const Eigen::RowVectorXd>(values.data() + h * width, heads[h].cols());
  }
}

void check_values(const Attention& stack, const LayerValues& values, const Tensor& tensor) {
  if (stack.file_heads() % values.heads.size() != 0) {
    refuse_shape("$value", tensor,
                 "a divisor of the " + std::to_string(stack.file_heads()) +
                     " attention heads as number of heads");
  }
  if (static_cast<std::size_t>(values.heads.front().rows()) != stack.keys()) {
    refuse_shape("$value", tensor, std::to_string(stack.keys()) + " tokens, one for each key");
  }
}

/// The values that the attention itself knows, for each query head.
std::vector<Matrix> own_values(const Attention& stack, std::size_t l) {
  std::vector<std::size_t> all(stack.file_heads());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto layer = static_cast<std::size_t>(stack.layer_index(l));
  const Attention every = stack.selected({layer}, all, {});
  std::vector<Matrix> heads;
  heads.reserve(all.size());
  for (const std::size_t head : all) heads.push_back(every.value(0, head));
  return heads;
}

LayerValues layer_values(const Attention& stack, std::size_t l, const NormsOptions& options) {
  LayerValues values;
  if (options.value.empty()) {
    values.heads = own_values(stack, l);
  } else {
    values.heads = value_heads(stack, l, options.value);
    check_values(stack, values, options.value);
  }
  if (!options.bv.empty()) {
    add_bias(values.heads, of_layer(options.bv, 1, stack, l, "$bv", "heads x width"));
  }
  if (options.wo.empty()) return values;
  const Tensor wo = of_layer(options.wo, 2, stack, l, "$wo", "model, heads x width");
  const auto columns = stack.file_heads() * static_cast<std::size_t>(values.heads.front().cols());
  if (wo.shape()[1] != columns) {
    refuse_shape("$wo", wo, "[model, " + std::to_string(columns) + "]");
  }
  values.output_projection = matrix_of<double>(wo);
  if (options.residual_stream.empty()) return values;
  const Tensor stream =
      of_layer(options.residual_stream, 2, stack, l, "$residual-stream", "token, model");
  const Shape expected{stack.queries(), wo.shape()[0]};
  if (stream.shape() != expected) {
    refuse_shape("$residual-stream", stream, shape_text(expected));
  }
  values.residual_stream = matrix_of<double>(stream);
  return values;
}

void check_options(const Attention& stack, const NormsOptions& options) {
  if (stack.fused()) {
    throw ArgumentError("$fuse", "does not go with values, which belong to single heads");
  }
  if (options.value.empty() && stack.value_width() == 0) {
    throw ArgumentError("$value", "is missing");
  }
  const bool stream = !options.residual_stream.empty();
  if (options.wo.empty() && (stream || options.mixing || options.per_head)) {
    throw ArgumentError(stream           ? "$residual-stream"
                        : options.mixing ? "$mixing"
                                         : "$per-head",
                        "needs $wo");
  }
  if (options.per_head && (stream || options.mixing)) {
    throw ArgumentError("$per-head",
                        "does not go with $residual-stream or $mixing, which are "
                        "about the sum of all heads");
  }
  if ((stream || options.mixing) && stack.queries() != stack.keys()) {
    throw InputError(stack.source(), "has " + std::to_string(stack.queries()) + " queries and " +
                                         std::to_string(stack.keys()) +
                                         " keys, expected self-attention with as many of each");
  }
  const auto check = [](const Tensor& tensor, const char* option) {
    if (!tensor.empty()) check_finite(tensor, option);
  };
  check(options.value, "$value");
  check(options.bv, "$bv");
  check(options.wo, "$wo");
  check(options.residual_stream, "$residual-stream");
}

Column head_column(bool by_head) {
  return {.name = "head",
          .type = label_type(!by_head),
          .about = "head, counted from 0 in its layer; all for the sum of a layer's heads",
          .rank = 0};
}

const Column norm_column{
    .name = "norm",
    .about = "length of what the query takes from the key: weight times value, projected",
    .rank = 0,
    .formula = "‖α_qk f(x_k)‖, f(x) = v W_O; head all: ‖Σ_h α^h f^h(x)‖; without W_O ‖α_qk v_k‖",
    .paper = "Kobayashi et al. 2020"};

MatrixSeries series_of(const Attention& stack, const AnswerTokens& tokens, bool by_head) {
  MatrixSeries series;
  series.shape = head_axes(stack.layers(), by_head ? stack.heads() : 1);
  if (!by_head && stack.layers() > 1) series.shape = {stack.layers()};
  series.shape.insert(series.shape.end(), {tokens.outputs(), tokens.inputs()});
  series.place_columns = {columns::layer, head_column(by_head)};
  series.row_column = columns::query;
  series.column_column = columns::key;
  series.value_column = norm_column;
  label_rows(series, tokens.output_labels());
  label_columns(series, tokens.labels());
  series.single_precision = stack.single_precision();
  return series;
}

void norm_matrices(const Attention& stack, const NormsOptions& options, Sink& sink) {
  const bool projected = !options.wo.empty();
  const bool by_head = !projected || options.per_head;
  const AnswerTokens tokens(stack);
  if (by_head) check_every_head(stack);
  sink.begin_matrices(series_of(stack, tokens, by_head));
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    const LayerValues values = layer_values(stack, l, options);
    const std::int64_t layer = stack.layer_index(l);
    if (!by_head) {
      sink.progress(l, stack.layers());
      const Matrix norms = tokens.answer(summed_value_norms(stack, l, values));
      sink.matrix({layer, std::string("all")}, view_of(norms));
      continue;
    }
    for (std::size_t h = 0; h < stack.heads(); ++h) {
      sink.progress(l * stack.heads() + h, stack.layers() * stack.heads());
      const auto head = static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(h)));
      const std::size_t group = stack.file_heads() / values.heads.size();
      const Matrix norms = projected ? projected_value_norms(stack, l, h, values)
                                     : value_norms(stack.head(l, h), values.heads[head / group]);
      const Matrix answer = tokens.answer(norms);
      sink.matrix({layer, static_cast<std::int64_t>(head)}, view_of(answer));
    }
  }
}

struct Mixing {
  std::int64_t layer;
  std::size_t query;
  double share;
  std::string label;
};

Table<Mixing> mixing_table(ColumnType type, Known labels) {
  return {{columns::layer, &Mixing::layer},
          {columns::query, &Mixing::query},
          {{.name = "mixing",
            .type = type,
            .about = "share of a token's new vector that comes from other tokens, 0 to 1",
            .rank = 0,
            .formula = "‖Σ_(j≠i) Σ_h α f‖ / (that + ‖Σ_h α_ii f(x_i) + x_i‖), x_i the residual",
            .paper = "Kobayashi et al. 2021"},
           &Mixing::share},
          {columns::label_of(columns::query, labels), &Mixing::label}};
}

void mixing_rows(const Attention& stack, const NormsOptions& options, Sink& sink) {
  const AnswerTokens tokens(stack);
  const Table<Mixing> table = mixing_table(real_type(stack.single_precision()),
                                           columns::known_labels(tokens.output_labels()));
  table.begin(sink);
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    sink.progress(l, stack.layers());
    const Vector shares = mixing(stack, l, layer_values(stack, l, options));
    std::vector<Mixing> rows;
    for (std::size_t q = 0; q < tokens.outputs(); ++q) {
      rows.push_back(
          {stack.layer_index(l), q, tokens.weights_of(q).dot(shares), tokens.output_labels()[q]});
    }
    table.send(rows, sink);
  }
}

void norms_picture(const Attention& stack, const NormsOptions& options, Sink& sink) {
  RowBars bars(sink, options.mixing ? "mixing: how much of a token comes from others"
                                    : "norms: how much each token gives, mean over queries");
  if (options.mixing) {
    mixing_rows(stack, options, bars);
  } else {
    ColumnMeans means(bars);
    norm_matrices(stack, options, means);
  }
  bars.finish();
}

}  // namespace

AnswerColumns norms_columns(bool mixing) {
  if (mixing) return {mixing_table(ColumnType::real, Known::yes).schema()};
  return {{columns::layer, head_column(true), columns::query, columns::key, norm_column,
           columns::label_of(columns::query), columns::label_of(columns::key)}};
}

void norms_report(const Attention& stack, const NormsOptions& options, Sink& sink) {
  check_options(stack, options);
  if (options.wo.empty()) {
    sink.note(
        "norms of weight times value leave out the output projection and so are not "
        "Kobayashi's, which need $wo");
  }
  if (is_seen(sink.form())) return norms_picture(stack, options, sink);
  if (options.mixing) return mixing_rows(stack, options, sink);
  norm_matrices(stack, options, sink);
}

}  // namespace attngraph
