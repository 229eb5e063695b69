#include "writers/rows/matrix_schema.hpp"

namespace attngraph {

Schema matrix_schema(const MatrixSeries& series) {
  Schema schema = series.place_columns;
  schema.push_back({series.row_column, ColumnType::integer});
  schema.push_back({series.column_column, ColumnType::integer});
  if (!series.column_labels.empty()) schema.push_back({"label", ColumnType::text});
  schema.push_back({series.value_column, real_type(series.single_precision)});
  return schema;
}

}  // namespace attngraph
