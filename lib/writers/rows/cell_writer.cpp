#include "writers/rows/cell_writer.hpp"

#include <algorithm>
#include <utility>

#include "core/text/number_text.hpp"
#include "report/answer/matrix_rows.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_waiting = 1000;
constexpr std::string_view file_name = "file";

bool same_names(const Schema& a, const Schema& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Column& x, const Column& y) { return x.name == y.name; });
}

}  // namespace

CellWriter::CellWriter(const Format& format, Output& output, const WriterSettings& settings,
                       Messages& messages)
    : Writer(format, messages), buffer_(output), settings_(settings) {}

void CellWriter::begin_input(const std::string& name) {
  input_ = name;
  new_input_ = true;
}

bool CellWriter::goes_on(const Schema& schema) const {
  const bool names_input = !schema.empty() && schema.front().name == file_name;
  return !schema_.empty() && same_names(schema, schema_) && (names_input || !new_input_);
}

void CellWriter::begin_rows(const Schema& schema) {
  Schema shown;
  if (settings_.file_column) {
    shown.push_back({.name = std::string(file_name), .type = ColumnType::text, .rank = 0});
  }
  shown_.clear();
  for (const Column& column : schema) {
    shown_.push_back(settings_.file_column || column.known == Known::yes);
    if (shown_.back()) shown.push_back(column);
  }
  const bool further = goes_on(shown);
  new_input_ = false;
  if (further) return;
  if (!schema_.empty()) {
    end();
    buffer_.text() += "\n";
  }
  schema_ = std::move(shown);
  waiting_ = CellRows(schema_.size());
  began_ = false;
  count_ = 0;
}

bool CellWriter::takes_row() {
  ++count_;
  if (settings_.table_rows && count_ > *settings_.table_rows) return false;
  if (settings_.file_column) waiting_.add(input_);
  return true;
}

void CellWriter::row_added() {
  if (waiting_.rows() >= most_waiting) write_waiting();
}

void CellWriter::write_waiting() {
  if (!began_) begin_table(schema_, waiting_);
  began_ = true;
  for (std::size_t i = 0; i < waiting_.rows(); ++i) {
    write_row(waiting_.row(i));
    buffer_.flush_if_full();
  }
  waiting_.clear();
}

void CellWriter::rows(const Chunk& chunk) {
  for (std::size_t row = 0; row < row_count(chunk); ++row) {
    if (!takes_row()) continue;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (shown_[i]) waiting_.add(cell_of(chunk[i], row));
    }
    row_added();
  }
}

void CellWriter::begin_matrices(const MatrixSeries& series) {
  series_ = series;
  begin_rows(matrix_schema(series));
}

void CellWriter::matrix(const MatrixPlace& place, MatrixView values) {
  matrix_rows(series_, place, values, [this](const Chunk& chunk) { rows(chunk); });
}

void CellWriter::summary(const Column& number, double value) {
  std::vector<std::string> line;
  if (settings_.file_column) line.push_back(input_);
  line.push_back(number.name);
  line.push_back(real_text(value, settings_.digits));
  if (!settings_.file_column && !number.about.empty()) {
    line.push_back(settings_.wording(std::string(number.about)));
  }
  summaries_.push_back(std::move(line));
}

void CellWriter::end() {
  write_waiting();
  end_table(count_);
}

void CellWriter::finish() {
  if (!schema_.empty()) end();
  if (!summaries_.empty()) write_summaries(summaries_);
  buffer_.flush();
}

}  // namespace attngraph
