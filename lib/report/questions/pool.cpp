#include "report/questions/pool.hpp"

#include <array>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_view.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {
namespace {

bool single_precision(const PoolingInput& input) {
  for (const Tensor* tensor : std::array{&input.input, &input.w1, &input.b1, &input.w2}) {
    if (!tensor->empty() && !is_single(tensor->dtype())) return false;
  }
  return true;
}

const Column pooling_weight{.name = "weight",
                            .about = "share of the token in the pooled vector",
                            .rank = 0,
                            .formula = "softmax over tokens of W2 tanh(W1 x + b1)"};

MatrixSeries batch_series(const PoolingInput& input, const Matrix& values) {
  MatrixSeries series;
  if (input.input.rank() == 3) series.shape.push_back(static_cast<std::size_t>(values.rows()));
  series.shape.push_back(static_cast<std::size_t>(values.cols()));
  series.row_column = columns::batch;
  series.single_precision = single_precision(input);
  return series;
}

}  // namespace

AnswerColumns pool_columns() {
  return {{columns::batch, columns::token, columns::label(columns::token), pooling_weight}};
}

void pool_report(const PoolingInput& input, const std::vector<std::string>& tokens, Sink& weights,
                 Sink* features) {
  const Pooled pooled = attention_pooling(input);
  if (pooled.masked_items > 0) {
    weights.note(std::to_string(pooled.masked_items) +
                 (pooled.masked_items == 1 ? " item is" : " items are") +
                 " fully masked: all weights 0");
  }
  const auto count = static_cast<std::size_t>(pooled.weights.cols());
  if (!tokens.empty() && tokens.size() != count) {
    throw InputError("$tokens", "has " + counted(tokens.size(), "label") + ", expected " +
                                    std::to_string(count));
  }
  MatrixSeries series = batch_series(input, pooled.weights);
  series.column_column = columns::token;
  series.value_column = pooling_weight;
  series.column_label = columns::label(columns::token);
  series.column_labels = tokens;
  for (std::size_t i = series.column_labels.size(); i < count; ++i) {
    series.column_labels.push_back(std::to_string(i));
  }
  weights.begin_matrices(series);
  weights.matrix({}, view_of(pooled.weights));
  if (!features) return;
  MatrixSeries feature_series = batch_series(input, pooled.features);
  feature_series.column_column = columns::feature;
  feature_series.value_column = columns::feature_value;
  features->begin_matrices(feature_series);
  features->matrix({}, view_of(pooled.features));
}

}  // namespace attngraph
