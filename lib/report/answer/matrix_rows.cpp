#include "report/answer/matrix_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace attngraph {
namespace {

/// Some entries of a matrix as columns.
class MatrixRows {
 public:
  MatrixRows(const MatrixSeries& series, const MatrixView& values)
      : series_(series), values_(values) {}

  Chunk chunk(const MatrixPlace& place, const std::vector<std::size_t>& entries) const {
    Chunk chunk = place_columns(place, entries.size());
    chunk.push_back(gathered<std::int64_t>(entries, [&](std::size_t i) { return row(i); }));
    chunk.push_back(gathered<std::int64_t>(entries, [&](std::size_t i) { return column(i); }));
    if (stands_behind_index(series_.column_label)) {
      chunk.push_back(labels(series_.column_label, entries));
    }
    const auto value = [&](std::size_t i) { return values_[i]; };
    chunk.push_back(series_.single_precision ? Values(gathered<float>(entries, value))
                                             : Values(gathered<double>(entries, value)));
    for (const Column* label : end_labels(series_)) chunk.push_back(labels(*label, entries));
    return chunk;
  }

 private:
  const MatrixSeries& series_;
  const MatrixView& values_;

  std::size_t row(std::size_t i) const { return values_.first_row + i / values_.columns; }
  std::size_t column(std::size_t i) const { return i % values_.columns; }

  template <typename Cell, typename Getter>
  static std::vector<Cell> gathered(const std::vector<std::size_t>& entries, const Getter& getter) {
    std::vector<Cell> cells;
    cells.reserve(entries.size());
    for (const std::size_t i : entries) cells.push_back(static_cast<Cell>(getter(i)));
    return cells;
  }

  Values labels(const Column& label, const std::vector<std::size_t>& entries) const {
    if (label.known == Known::no) return Unknown{entries.size()};
    const bool of_row = &label == &series_.row_label;
    return gathered<std::string>(entries, [&](std::size_t i) {
      return of_row ? series_.row_labels.at(row(i)) : series_.column_labels.at(column(i));
    });
  }
};

}  // namespace

Chunk place_columns(const MatrixPlace& place, std::size_t count) {
  Chunk chunk;
  for (const auto& index : place) {
    std::visit([&](const auto& value) { chunk.emplace_back(std::vector(count, value)); }, index);
  }
  return chunk;
}

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

void matrix_rows(const MatrixSeries& series, const MatrixPlace& place, const MatrixView& values,
                 const std::function<void(const Chunk&)>& take) {
  constexpr std::size_t most = 4096;
  const std::size_t count = values.rows * values.columns;
  std::vector<std::size_t> entries;
  for (std::size_t begin = 0; begin < count; begin += most) {
    entries.clear();
    for (std::size_t i = begin; i < std::min(begin + most, count); ++i) {
      if (!series.skip_zeros || values[i] != 0) entries.push_back(i);
    }
    if (!entries.empty()) take(MatrixRows(series, values).chunk(place, entries));
  }
}

}  // namespace attngraph
