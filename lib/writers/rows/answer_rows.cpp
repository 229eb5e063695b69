#include "writers/rows/answer_rows.hpp"

namespace attngraph {

Schema matrix_schema(const MatrixSeries& series) {
  Schema schema = series.place_columns;
  schema.push_back({series.row_column, ColumnType::integer});
  schema.push_back({series.column_column, ColumnType::integer});
  if (!series.column_labels.empty()) schema.push_back({"label", ColumnType::text});
  schema.push_back(
      {series.value_column, series.single_precision ? ColumnType::real32 : ColumnType::real});
  return schema;
}

}  // namespace attngraph
