#include "writers/rows/table_writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "core/text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/picture_text.hpp"
#include "writers/rows/matrix_schema.hpp"

namespace attngraph {
namespace {

constexpr std::size_t integer_width = 6;
constexpr std::size_t real_width = 9;
constexpr std::size_t text_width = 16;
constexpr int significant_digits = 6;

/// As many significant digits as the column holds.
std::string real_cell(double value) {
  std::string text = rounded_text(value, significant_digits);
  for (int digits = significant_digits - 1; text.size() > real_width && digits > 2; --digits) {
    text = rounded_text(value, digits);
  }
  return text;
}

std::size_t width_of(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
      return integer_width;
    case ColumnType::real:
    case ColumnType::real32:
      return real_width;
    case ColumnType::text:
      return text_width;
  }
  return text_width;
}

void append_padded(std::string& line, const std::string& text, bool right, std::size_t width) {
  const std::size_t taken = display_width(text);
  const std::string padding(width > taken ? width - taken : 0, ' ');
  line += right ? padding + text : text + padding;
}

}  // namespace

TableWriter::TableWriter(const Format& format, Output& output, const WriterSettings& settings,
                         Messages& messages)
    : Writer(format, messages), buffer_(output), settings_(settings) {}

TableWriter::TableColumn TableWriter::column_of(const Column& column, bool last) const {
  TableColumn made;
  made.name = column.name;
  made.right = column.type != ColumnType::text;
  made.width = std::max(display_width(column.name), width_of(column.type));
  made.limit =
      last || column.name == "file" ? std::numeric_limits<std::size_t>::max() / 32 : label_limit;
  if (column.name == "file") made.width = std::max(made.width, display_width(visible_text(input_)));
  if (last && !made.right) made.width = 0;  // no blanks at the end of a line
  return made;
}

void TableWriter::begin_rows(const Schema& schema) {
  std::vector<std::string> names;
  Schema shown;
  shown_.clear();
  for (const auto& column : schema) {
    shown_.push_back(settings_.file_column || column.known == Known::yes);
    if (!shown_.back()) continue;
    names.push_back(column.name);
    shown.push_back(column);
  }
  if (names == names_) return;  // the next input goes on in the same table
  if (!names_.empty()) buffer_.text() += "\n";
  names_ = std::move(names);
  columns_.clear();
  if (settings_.file_column) columns_.push_back(column_of({"file", ColumnType::text}, false));
  for (std::size_t i = 0; i < shown.size(); ++i) {
    columns_.push_back(column_of(shown[i], i + 1 == shown.size()));
  }
  append_header();
}

void TableWriter::append_header() {
  const bool bold = settings_.color != Color::none;
  std::string& out = buffer_.text();
  if (bold) out += "\x1b[1m";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) out += "  ";
    append_padded(out, columns_[i].name, columns_[i].right, columns_[i].width);
  }
  out += bold ? "\x1b[0m\n" : "\n";
}

bool TableWriter::takes_row() {
  ++count_;
  return !settings_.table_rows || count_ <= *settings_.table_rows;
}

std::string TableWriter::text_cell(std::size_t column, const std::string& text) const {
  return shown_label(text, columns_[column].limit);
}

void TableWriter::append_row(const std::vector<std::string>& cells) {
  std::string& out = buffer_.text();
  std::size_t i = 0;
  const auto append = [&](const std::string& cell) {
    if (i > 0) out += "  ";
    append_padded(out, cell, columns_[i].right, columns_[i].width);
    ++i;
  };
  if (settings_.file_column) append(text_cell(0, input_));
  for (const auto& cell : cells) append(cell);
  out += "\n";
  buffer_.flush_if_full();
}

void TableWriter::rows(const Chunk& chunk) {
  const std::size_t first_column = settings_.file_column ? 1 : 0;
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < row_count(chunk); ++row) {
    if (!takes_row()) continue;
    cells.clear();
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (shown_[i]) cells.push_back(cell(chunk[i], row, first_column + cells.size()));
    }
    append_row(cells);
  }
}

std::string TableWriter::cell(const Values& values, std::size_t row, std::size_t column) const {
  switch (values.index()) {
    case 0:
      return number_text(std::get<0>(values)[row]);
    case 1:
      return real_cell(std::get<1>(values)[row]);
    case 2:
      return real_cell(static_cast<double>(std::get<2>(values)[row]));
    case 3:
      return text_cell(column, std::get<3>(values)[row]);
    default:
      return {};
  }
}

void TableWriter::begin_matrices(const MatrixSeries& series) {
  series_ = series;
  begin_rows(matrix_schema(series));
}

void TableWriter::matrix(const MatrixPlace& place, MatrixView values) {
  std::vector<std::string> cells;
  const std::size_t first_column = settings_.file_column ? 1 : 0;
  for (std::size_t i = 0; i < place.size(); ++i) {
    const auto* index = std::get_if<std::int64_t>(&place[i]);
    cells.push_back(index ? number_text(*index)
                          : text_cell(first_column + i, std::get<std::string>(place[i])));
  }
  const std::size_t places = cells.size();
  const auto label_column = first_column + places + 2;
  for (std::size_t i = 0; i < values.rows * values.columns; ++i) {
    if (series_.skip_zeros && values[i] == 0) continue;
    if (!takes_row()) continue;
    const std::size_t column = i % values.columns;
    cells.resize(places);
    cells.push_back(number_text(static_cast<std::int64_t>(values.first_row + i / values.columns)));
    cells.push_back(number_text(static_cast<std::int64_t>(column)));
    const std::string label =
        column < series_.column_labels.size() ? series_.column_labels[column] : std::string();
    const bool behind = stands_behind_index(series_.column_label);
    if (behind) cells.push_back(text_cell(label_column, label));
    cells.push_back(real_cell(values[i]));
    for (const Column* at_end : end_labels(series_)) {
      const bool of_row = at_end == &series_.row_label;
      if (!settings_.file_column && at_end->known == Known::no) continue;
      const bool known = at_end->known == Known::yes;
      cells.push_back(text_cell(first_column + cells.size(),
                                !known ? ""
                                : of_row
                                    ? series_.row_labels.at(values.first_row + i / values.columns)
                                    : label));
    }
    append_row(cells);
  }
}

void TableWriter::picture(const Picture& picture) {
  if (has_pictures_) buffer_.text() += "\n";
  has_pictures_ = true;
  if (settings_.file_column) buffer_.text() += visible_text(input_) + "\n";
  buffer_.text() += picture_text(picture, settings_, messages());
  buffer_.flush_if_full();
}

void TableWriter::summary(const Column& number, double value) {
  if (settings_.file_column) summaries_ += visible_text(input_) + "  ";
  summaries_ += visible_text(number.name) + "  " + rounded_text(value, significant_digits) + "\n";
}

void TableWriter::finish() {
  std::string& out = buffer_.text();
  if (settings_.table_rows && count_ > *settings_.table_rows) {
    out +=
        "… " + std::to_string(count_) + settings_.wording(" rows in all ($rows all shows them)\n");
  } else if (count_ == 0 && !names_.empty()) {
    out += "no rows\n";
  }
  if (!summaries_.empty()) out += "\n" + summaries_;
  buffer_.flush();
}

}  // namespace attngraph
