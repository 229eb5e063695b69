#include "writers/rows/matrix_schema.hpp"

namespace attngraph {

bool stands_behind_index(const Column& label) { return label.name == "label"; }

std::vector<const Column*> end_labels(const MatrixSeries& series) {
  std::vector<const Column*> labels;
  for (const Column* column : {&series.row_label, &series.column_label}) {
    if (!column->name.empty() && !stands_behind_index(*column)) labels.push_back(column);
  }
  return labels;
}

Schema matrix_schema(const MatrixSeries& series) {
  Schema schema = series.place_columns;
  schema.push_back(series.row_column.of_type(ColumnType::integer));
  schema.push_back(series.column_column.of_type(ColumnType::integer));
  if (stands_behind_index(series.column_label)) schema.push_back(series.column_label);
  schema.push_back(series.value_column.of_type(real_type(series.single_precision)));
  for (const Column* label : end_labels(series)) schema.push_back(*label);
  return schema;
}

}  // namespace attngraph
