#include "writers/rows/line_writer.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/matrix_rows.hpp"

namespace attngraph {

LineWriter::LineWriter(const Format& format, std::unique_ptr<LineStyle> style, Output& output,
                       const WriterSettings& settings, Messages& messages)
    : Writer(format, messages), buffer_(output), style_(std::move(style)), settings_(settings) {}

void LineWriter::begin_input(const std::string& name) {
  input_ = name;
  if (!settings_.file_column) return;
  file_text_ = style_->lead(0, "file");
  style_->append_text(file_text_, name);
}

Schema LineWriter::written_columns(const Schema& schema) const {
  Schema whole;
  if (settings_.file_column) whole.push_back(columns::file);
  for (const auto& column : schema) {
    if (is_written(column)) whole.push_back(column);
  }
  return whole;
}

void LineWriter::begin_rows(const Schema& schema) {
  const Schema whole = written_columns(schema);
  written_.clear();
  for (const auto& column : schema) written_.push_back(is_written(column));
  std::vector<std::string> names;
  for (const auto& column : whole) names.push_back(column.name);
  if (names_.empty()) {
    buffer_.text() += style_->header(whole);
  } else if (names != names_ && !style_->names_every_value()) {
    throw ArgumentError("$out",
                        "the answer for " + input_ + " has other columns than those before it",
                        "write one file for each input with $out 'out-{stem}.csv', or use json");
  }
  names_ = std::move(names);
  leads_.clear();
  for (std::size_t i = settings_.file_column ? 1 : 0; i < whole.size(); ++i) {
    leads_.push_back(style_->lead(i, whole[i].name));
  }
}

void LineWriter::begin_row() {
  if (has_rows_) buffer_.text() += style_->between_rows();
  has_rows_ = true;
}

template <typename Number>
void LineWriter::append_real(Number value) {
  if (std::isfinite(value)) {
    append_number(buffer_.text(), value);
  } else {
    style_->append_not_finite(buffer_.text(), static_cast<double>(value));
  }
}

void LineWriter::append_cell(const Values& values, std::size_t row) {
  switch (values.index()) {
    case 0:
      return append_number(buffer_.text(), std::get<0>(values)[row]);
    case 1:
      return append_real(std::get<1>(values)[row]);
    case 2:
      return append_real(std::get<2>(values)[row]);
    case 3:
      return style_->append_text(buffer_.text(), std::get<3>(values)[row]);
    default:
      return style_->append_unknown(buffer_.text());
  }
}

void LineWriter::rows(const Chunk& chunk) {
  assert(chunk.size() == written_.size());
  const std::size_t count = row_count(chunk);
  for (std::size_t row = 0; row < count; ++row) {
    begin_row();
    buffer_.text() += file_text_;
    std::size_t next = 0;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      if (!written_[i]) continue;
      buffer_.text() += leads_[next++];
      append_cell(chunk[i], row);
    }
    buffer_.text() += style_->row_end();
    buffer_.flush_if_full();
  }
}

void LineWriter::begin_matrices(const MatrixSeries& series) {
  series_ = series;
  begin_rows(matrix_schema(series));
  column_texts_.clear();
  column_ends_.clear();
}

const std::string* LineWriter::lead_of(const Column& column) const {
  const auto found = std::find(names_.begin(), names_.end(), column.name);
  if (found == names_.end()) return nullptr;
  return &leads_[static_cast<std::size_t>(found - names_.begin()) -
                 (settings_.file_column ? 1 : 0)];
}

std::string LineWriter::label_text(const Column& column, const std::vector<std::string>& labels,
                                   std::size_t i) const {
  const std::string* lead = lead_of(column);
  if (lead == nullptr) return {};
  std::string text = *lead;
  if (column.known == Known::yes) {
    style_->append_text(text, labels.at(i));
  } else {
    style_->append_unknown(text);
  }
  return text;
}

void LineWriter::encode_columns(std::size_t count) {
  const bool behind = stands_behind_index(series_.column_label);
  for (std::size_t c = column_texts_.size(); c < count; ++c) {
    const std::string label = label_text(series_.column_label, series_.column_labels, c);
    std::string text = *lead_of(series_.column_column);
    append_number(text, static_cast<std::int64_t>(c));
    column_texts_.push_back(text + (behind ? label : "") + *lead_of(series_.value_column));
    column_ends_.push_back(behind ? "" : label);
  }
}

void LineWriter::matrix(const MatrixPlace& place, MatrixView values) {
  assert(place.size() == series_.place_columns.size());
  encode_columns(values.columns);
  std::string place_text = file_text_;
  for (std::size_t i = 0; i < place.size(); ++i) {
    place_text += leads_[i];
    if (const auto* index = std::get_if<std::int64_t>(&place[i])) {
      append_number(place_text, *index);
    } else {
      style_->append_text(place_text, std::get<std::string>(place[i]));
    }
  }
  for (std::size_t row = 0; row < values.rows; ++row) {
    std::string prefix = place_text + leads_[place.size()];
    append_number(prefix, static_cast<std::int64_t>(values.first_row + row));
    append_matrix_row(prefix, values, row);
  }
}

void LineWriter::append_matrix_row(const std::string& prefix, MatrixView values, std::size_t row) {
  const std::string label =
      label_text(series_.row_label, series_.row_labels, values.first_row + row);
  for (std::size_t c = 0; c < values.columns; ++c) {
    const double value = values[row * values.columns + c];
    if (series_.skip_zeros && value == 0) continue;
    begin_row();
    std::string& out = buffer_.text();
    out += prefix;
    out += column_texts_[c];
    if (series_.single_precision) {
      append_real(static_cast<float>(value));
    } else {
      append_real(value);
    }
    out += label;
    out += column_ends_[c];
    out += style_->row_end();
    buffer_.flush_if_full();
  }
}

}  // namespace attngraph
