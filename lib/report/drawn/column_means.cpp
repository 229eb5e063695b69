#include "report/drawn/column_means.hpp"

#include <cassert>
#include <numeric>
#include <utility>
#include <vector>

#include "report/answer/columns.hpp"
#include "report/answer/matrix_rows.hpp"

namespace attngraph {

void ColumnMeans::begin_matrices(const MatrixSeries& series) {
  series_ = series;
  Schema schema = series.place_columns;
  schema.push_back(series.column_column);
  schema.push_back(
      columns::label_of(series.column_column, columns::known_labels(series.column_labels)));
  schema.push_back(series.value_column.of_type(ColumnType::real));
  to_.begin_rows(schema);
}

void ColumnMeans::matrix(const MatrixPlace& place, MatrixView values) {
  assert(values.first_row == 0);
  std::vector<std::int64_t> indices(values.columns);
  std::iota(indices.begin(), indices.end(), std::int64_t{0});
  std::vector<double> means(values.columns);
  for (std::size_t i = 0; i < values.rows * values.columns; ++i) {
    means[i % values.columns] += values[i] / static_cast<double>(values.rows);
  }
  Chunk chunk = place_columns(place, values.columns);
  chunk.emplace_back(std::move(indices));
  if (series_.column_labels.empty()) {
    chunk.emplace_back(Unknown{values.columns});
  } else {
    chunk.emplace_back(series_.column_labels);
  }
  chunk.emplace_back(std::move(means));
  to_.rows(chunk);
}

}  // namespace attngraph
