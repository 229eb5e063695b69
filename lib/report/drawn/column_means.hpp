#pragma once

#include "report/answer/passing_sink.hpp"

namespace attngraph {

/// Makes rows of matrices, one for each column: the mean over all rows of its matrix.
class ColumnMeans : public PassingSink {
 public:
  using PassingSink::PassingSink;

  void begin_matrices(const MatrixSeries& series) override;
  /// A whole matrix.
  void matrix(const MatrixPlace& place, MatrixView values) override;

 private:
  MatrixSeries series_;
};

}  // namespace attngraph
