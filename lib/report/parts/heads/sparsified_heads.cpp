#include "report/parts/heads/sparsified_heads.hpp"

#include <cmath>

#include "attention/edges/edge_heads.hpp"
#include "core/error.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_rows.hpp"
#include "report/answer/matrix_view.hpp"

namespace attngraph {
namespace {

ColumnType real_type(const HeadsShape& shape) {
  return shape.single_precision ? ColumnType::real32 : ColumnType::real;
}

MatrixSeries series_of(const HeadsShape& shape, std::size_t columns) {
  MatrixSeries series;
  series.shape = shape.leading;
  series.shape.insert(series.shape.end(), {shape.queries, columns});
  series.place_columns = shape.place_columns;
  series.single_precision = shape.single_precision;
  return series;
}

/// The labels of some tokens, where they say more than an index.
Values labels_of(const std::vector<std::int64_t>& tokens, const std::vector<std::string>& labels) {
  if (columns::known_labels(labels) == Known::no) return Unknown{tokens.size()};
  std::vector<std::string> texts;
  texts.reserve(tokens.size());
  for (const std::int64_t token : tokens) texts.push_back(labels[static_cast<std::size_t>(token)]);
  return texts;
}

}  // namespace

Schema sparsify_report_schema(const Schema& place_columns, bool values) {
  Schema schema = place_columns;
  schema.push_back({.name = "entries",
                    .type = ColumnType::integer,
                    .about = "weights of the whole matrix, zeros among them",
                    .rank = 2});
  schema.push_back({.name = "kept", .type = ColumnType::integer, .about = "weights that are left"});
  schema.push_back({.name = "sparsity",
                    .about = "share of zeros in the matrix that is left",
                    .rank = 0,
                    .formula = "1 - kept / (queries x keys)"});
  schema.push_back(
      {.name = "mass_mean",
       .about = "share of a row's sum that is kept, before rows are renormalised; mean",
       .rank = 0});
  schema.push_back({.name = "mass_min", .about = "the same for the row that loses most"});
  schema.push_back({.name = "frobenius_loss",
                    .about = "how far the matrix that is left is from the whole one, 0 to 1",
                    .rank = 2,
                    .formula = "‖A - A'‖_F / ‖A‖_F, before rows are renormalised"});
  if (values) {
    schema.push_back({.name = "output_loss",
                      .about = "how far what the layer puts out is from what it was",
                      .rank = 0,
                      .formula = "‖AV - A'V‖_F / ‖AV‖_F, after rows are renormalised"});
  }
  return schema;
}

Schema sparsify_edge_schema(const Schema& place_columns, ColumnType weight, Known query_labels,
                            Known key_labels) {
  Schema schema = place_columns;
  schema.insert(schema.end(), {columns::source, columns::target, columns::weight.of_type(weight),
                               columns::label_of(columns::source, query_labels),
                               columns::label_of(columns::target, key_labels)});
  return schema;
}

void OutputSquares::add(const Matrix& output_rows, const Matrix& sparse_rows) {
  output += output_rows.squaredNorm();
  difference += (output_rows - sparse_rows).squaredNorm();
}

double OutputSquares::loss() const { return output == 0 ? 0 : std::sqrt(difference / output); }

SparsifiedHeads::SparsifiedHeads(const HeadsShape& shape, const SparsifyReportOptions& options,
                                 Sink& sink, Sink* features)
    : shape_(shape), options_(options), sink_(sink), features_(features) {
  if (features && !has_values()) throw ArgumentError("$features-out", "needs $value");
  switch (options.answer) {
    case SparsifyAnswer::report:
      sink.begin_rows(sparsify_report_schema(shape.place_columns, has_values()));
      break;
    case SparsifyAnswer::edges:
      sink.begin_rows(sparsify_edge_schema(shape.place_columns, real_type(shape),
                                           columns::known_labels(shape.query_labels),
                                           columns::known_labels(shape.key_labels)));
      break;
    case SparsifyAnswer::matrices: {
      MatrixSeries series = series_of(shape, shape.keys);
      series.row_column = columns::source;
      series.column_column = columns::target;
      series.value_column = columns::weight;
      series.skip_zeros = true;
      sink.begin_matrices(series);
      break;
    }
  }
  if (!features) return;
  MatrixSeries series = series_of(shape, shape.value_width);
  series.row_column = columns::query;
  series.column_column = columns::feature;
  series.value_column = columns::feature_value;
  features->begin_matrices(series);
}

void SparsifiedHeads::whole(const MatrixPlace& place, Matrix weights, const Matrix& value,
                            Causality causality, std::optional<std::size_t> seen_keys) {
  const bool report_wanted = options_.answer == SparsifyAnswer::report;
  const bool output_wanted = has_values() && (report_wanted || features_);
  const Matrix output = output_wanted ? Matrix(weights * value) : Matrix();
  const SparsifyLoss loss = sparsify(weights, options_.sparsify, causality, seen_keys);
  const Matrix sparse_output = output_wanted ? Matrix(weights * value) : Matrix();
  OutputSquares squares;
  squares.add(output, sparse_output);
  switch (options_.answer) {
    case SparsifyAnswer::report:
      report(place, loss, squares);
      break;
    case SparsifyAnswer::edges:
      edges(place, 0, 0, weights);
      break;
    case SparsifyAnswer::matrices:
      sink_.matrix(place, view_of(weights));
      break;
  }
  if (features_) features(place, sparse_output);
}

void SparsifiedHeads::report(const MatrixPlace& place, const SparsifyLoss& loss,
                             const OutputSquares& squares) {
  Chunk row = place_columns(place, 1);
  row.emplace_back(std::vector{static_cast<std::int64_t>(loss.entries())});
  row.emplace_back(std::vector{static_cast<std::int64_t>(loss.kept())});
  for (const double value :
       {loss.sparsity(), loss.mass_mean(), loss.mass_min(), loss.frobenius_loss()}) {
    row.emplace_back(std::vector{value});
  }
  if (has_values()) row.emplace_back(std::vector{squares.loss()});
  sink_.rows(row);
}

void SparsifiedHeads::edges(const MatrixPlace& place, Index first_query, Index first_key,
                            const Matrix& rows) {
  std::vector<std::int64_t> sources, targets;
  std::vector<double> weights;
  for (Index row = 0; row < rows.rows(); ++row) {
    for (Index column = 0; column < rows.cols(); ++column) {
      if (rows(row, column) == 0) continue;
      sources.push_back(first_query + row);
      targets.push_back(first_key + column);
      weights.push_back(rows(row, column));
    }
  }
  send(place, std::move(sources), std::move(targets), std::move(weights));
}

void SparsifiedHeads::edges(const MatrixPlace& place, const SparseRow& row) {
  std::vector<std::int64_t> sources, targets;
  std::vector<double> weights;
  for (std::size_t i = 0; i < row.keys.size(); ++i) {
    if (row.weights[i] == 0) continue;
    sources.push_back(static_cast<std::int64_t>(row.query));
    targets.push_back(row.keys[i]);
    weights.push_back(row.weights[i]);
  }
  send(place, std::move(sources), std::move(targets), std::move(weights));
}

void SparsifiedHeads::send(const MatrixPlace& place, std::vector<std::int64_t> sources,
                           std::vector<std::int64_t> targets, std::vector<double> weights) {
  if (weights.empty()) return;
  Chunk chunk = place_columns(place, weights.size());
  Values source_labels = labels_of(sources, shape_.query_labels);
  Values target_labels = labels_of(targets, shape_.key_labels);
  chunk.emplace_back(std::move(sources));
  chunk.emplace_back(std::move(targets));
  if (shape_.single_precision) {
    std::vector<float> rounded(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) rounded[i] = static_cast<float>(weights[i]);
    chunk.emplace_back(std::move(rounded));
  } else {
    chunk.emplace_back(std::move(weights));
  }
  chunk.push_back(std::move(source_labels));
  chunk.push_back(std::move(target_labels));
  sink_.rows(chunk);
}

void SparsifiedHeads::features(const MatrixPlace& place, const Matrix& sparse_output) {
  features_->matrix(place, view_of(sparse_output));
}

}  // namespace attngraph
