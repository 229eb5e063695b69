#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "numeric/matrix.hpp"
#include "report/answer/sink.hpp"
#include "report/questions/sparsify.hpp"

namespace attngraph {

struct SparseRow;

/// What the heads have in common whose sparsified attention is answered.
struct HeadsShape {
  /// `layer`, `head`
  Schema place_columns;
  /// [layers, heads] or what is left of them in an array file.
  std::vector<std::size_t> leading;
  std::size_t queries = 0;
  std::size_t keys = 0;
  /// Columns of the values; 0 where there are none.
  std::size_t value_width = 0;
  bool single_precision = false;
  /// For rows of edges.
  std::vector<std::string> query_labels, key_labels;
};

/// ‖AV‖² and ‖AV - A'V‖², added up over rows.
struct OutputSquares {
  double output = 0;
  double difference = 0;

  void add(const Matrix& output_rows, const Matrix& sparse_rows);
  double loss() const;
};

/// The columns of rows; the last of the report only where there are values.
Schema sparsify_report_schema(const Schema& place_columns, bool values);
Schema sparsify_edge_schema(const Schema& place_columns, ColumnType weight, Known query_labels,
                            Known key_labels);

/// Writes sparsified heads one after the other, in the form that was asked for.
class SparsifiedHeads {
 public:
  SparsifiedHeads(const HeadsShape& shape, const SparsifyReportOptions& options, Sink& sink,
                  Sink* features);

  bool has_values() const { return shape_.value_width > 0; }
  bool wants_features() const { return features_ != nullptr; }

  /// Sparsifies and answers one whole matrix.
  /// @param value [key, width], empty where there are none
  void whole(const MatrixPlace& place, Matrix weights, const Matrix& value, Causality causality,
             std::optional<std::size_t> seen_keys);

  /// One row of the report.
  void report(const MatrixPlace& place, const SparsifyLoss& loss, const OutputSquares& squares);
  /// The entries of some rows that are not zero.
  void edges(const MatrixPlace& place, Index first_query, Index first_key, const Matrix& rows);
  /// The entries of one row of an edge list that are not zero.
  void edges(const MatrixPlace& place, const SparseRow& row);
  void features(const MatrixPlace& place, const Matrix& sparse_output);

 private:
  HeadsShape shape_;
  SparsifyReportOptions options_;
  Sink& sink_;
  Sink* features_;

  void send(const MatrixPlace& place, std::vector<std::int64_t> sources,
            std::vector<std::int64_t> targets, std::vector<double> weights);
};

}  // namespace attngraph
