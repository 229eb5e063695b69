#include "report/sparsify.hpp"

#include <string>
#include <vector>

#include "attention/attention_stack.hpp"
#include "attention/projected_heads.hpp"
#include "core/error.hpp"
#include "report/head_columns.hpp"
#include "report/matrix_view.hpp"
#include "report/sink.hpp"

namespace attngraph {
namespace {

Schema report_schema(const AttentionStack& stack, bool values) {
  Schema schema = head_columns(stack);
  schema.push_back({"entries", ColumnType::integer});
  schema.push_back({"kept", ColumnType::integer});
  for (const char* name : {"sparsity", "mass_mean", "mass_min", "frobenius_loss"}) {
    schema.push_back({name, ColumnType::real});
  }
  if (values) schema.push_back({"output_loss", ColumnType::real});
  return schema;
}

MatrixSeries edge_series(const AttentionStack& stack) {
  MatrixSeries series;
  series.shape = head_series_shape(stack, stack.keys());
  series.place_columns = head_columns(stack);
  series.row_column = "source";
  series.column_column = "target";
  series.single_precision = stack.single_precision();
  series.skip_zeros = true;
  return series;
}

MatrixSeries feature_series(const AttentionStack& stack, const Tensor& value) {
  MatrixSeries series;
  series.shape = head_series_shape(stack, value.shape().back());
  series.place_columns = head_columns(stack);
  series.column_column = "feature";
  series.value_column = "value";
  series.single_precision = stack.single_precision();
  return series;
}

void check_value(const AttentionStack& stack, const Tensor& value) {
  const Shape& shape = value.shape();
  const std::size_t rank = shape.size();
  const auto expected = "[layer, head, " + std::to_string(stack.keys()) + ", width]";
  if (rank < 2 || rank > 4 || shape[rank - 2] != stack.keys()) {
    throw InputError("--value", "has shape " + shape_text(shape) + ", expected " + expected);
  }
  check_finite(value, "--value");
  if (rank == 2) return;
  if (stack.fused()) {
    throw ArgumentError("--fuse", "leaves no single heads, which values [head, key, width] need");
  }
  const auto layer = static_cast<std::size_t>(stack.layer_index(stack.layers() - 1));
  const auto head =
      static_cast<std::size_t>(std::get<std::int64_t>(stack.head_label(stack.heads() - 1)));
  const bool layers_fit = rank == 4 ? layer < shape[0] : stack.layers() == 1;
  if (!layers_fit || head >= shape[rank - 3]) {
    throw InputError("--value",
                     "has shape " + shape_text(shape) +
                         ", expected the layers and heads of the attention: " + expected);
  }
}

Matrix value_of(const Tensor& value, std::int64_t layer, const HeadLabel& head) {
  Tensor view = value;
  if (view.rank() == 4) view = view.at(0, static_cast<std::size_t>(layer));
  if (view.rank() == 3) view = view.at(0, static_cast<std::size_t>(std::get<std::int64_t>(head)));
  return matrix_of<double>(view);
}

Chunk report_row(const MatrixPlace& place, const SparsifyLoss& loss) {
  Chunk row;
  for (const auto& value : place) {
    std::visit([&](const auto& v) { row.emplace_back(std::vector{v}); }, value);
  }
  row.emplace_back(std::vector{static_cast<std::int64_t>(loss.entries())});
  row.emplace_back(std::vector{static_cast<std::int64_t>(loss.kept())});
  for (const double value :
       {loss.sparsity(), loss.mass_mean(), loss.mass_min(), loss.frobenius_loss()}) {
    row.emplace_back(std::vector{value});
  }
  return row;
}

}  // namespace

void sparsify_report(const AttentionStack& stack, const SparsifyReportOptions& options, Sink& sink,
                     Sink* features) {
  check_sparsify(options.sparsify);
  if (options.sparsify.spanning_forest && stack.queries() != stack.keys()) {
    throw InputError(stack.source(), "has " + std::to_string(stack.queries()) + " queries and " +
                                         std::to_string(stack.keys()) +
                                         " keys, expected as many of each for --mst");
  }
  const bool values = !options.value.empty();
  if (values) check_value(stack, options.value);
  if (features && !values) throw ArgumentError("--features-out", "needs --value");
  const bool rows = options.answer == SparsifyAnswer::report;
  if (rows) {
    sink.begin_rows(report_schema(stack, values));
  } else {
    sink.begin_matrices(edge_series(stack));
  }
  if (features) features->begin_matrices(feature_series(stack, options.value));
  const auto causality = options.sparsify.row.disparity && stack.causal()
                             ? Causality::causal
                             : Causality::bidirectional;
  std::size_t done = 0;
  for_each_head(stack, [&](std::int64_t layer, const HeadLabel& head, Matrix weights) {
    const MatrixPlace place = head_place(layer, head);
    const bool wanted = values && (rows || features);
    const Matrix value = wanted ? value_of(options.value, layer, head) : Matrix();
    const Matrix output = wanted ? Matrix(weights * value) : Matrix();
    const SparsifyLoss loss = sparsify(weights, options.sparsify, causality);
    const Matrix sparse_output = wanted ? Matrix(weights * value) : Matrix();
    if (rows) {
      Chunk row = report_row(place, loss);
      if (values) row.emplace_back(std::vector{output_loss(output, sparse_output)});
      sink.rows(row);
    } else {
      sink.matrix(place, view_of(weights));
    }
    if (features) features->matrix(place, view_of(sparse_output));
    sink.progress(++done, stack.layers() * stack.heads());
  });
}

}  // namespace attngraph
