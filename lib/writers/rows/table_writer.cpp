#include "writers/rows/table_writer.hpp"

#include <algorithm>
#include <optional>

#include "core/text/text.hpp"
#include "core/text/wrapped_text.hpp"
#include "report/answer/picture.hpp"
#include "writers/pictures/picture_text.hpp"

namespace attngraph {
namespace {

constexpr std::string_view between = "  ";
constexpr std::string_view bold = "\x1b[1m", faint = "\x1b[2m", plain = "\x1b[0m";

void trim_blanks(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

std::string count_of(std::size_t part, std::size_t whole, const std::string& what) {
  return std::to_string(part) + " of " + std::to_string(whole) + " " + what;
}

/// `text` behind `begin`, its further lines below its first where there is room for them.
void append_hanging(std::string& out, const std::string& begin, const std::string& text,
                    std::optional<std::size_t> width) {
  constexpr std::size_t narrowest = 20;
  const std::size_t indent = display_width(begin);
  const bool hangs = !width || *width >= indent + narrowest;
  std::string front = hangs ? begin : "";
  for (const std::string& line :
       wrapped_text(hangs ? text : begin + text, width.value_or(no_limit) - (hangs ? indent : 0))) {
    out += front + line + "\n";
    front = std::string(hangs ? indent : 0, ' ');
  }
}

}  // namespace

void TableWriter::append_line(const std::vector<std::string>& cells, std::string_view style) {
  std::string line;
  std::size_t indent = 0;
  std::vector<std::string> further;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const TableColumn& column = layout_.columns[i];
    if (i > 0) line += between;
    if (column.wraps) {
      further = wrapped_text(cells[i], column.width);
      indent = display_width(line);
      line += further.front();
    } else {
      line += cells[i];
    }
  }
  trim_blanks(line);
  if (settings().color == Color::none) style = {};
  std::string& out = buffer_.text();
  out += style;
  out += line;
  if (!style.empty()) out += plain;
  out += "\n";
  for (std::size_t i = 1; i < further.size(); ++i) {
    out += std::string(indent, ' ') + further[i] + "\n";
  }
}

void TableWriter::begin_table(const Schema& schema, const CellRows& first) {
  layout_ = table_layout(schema, first,
                         {.width = settings().table_width,
                          .digits = settings().digits,
                          .label = settings().table_label,
                          .digits_stay = settings().digits_stay,
                          .kept = settings().sorted_by,
                          .files = settings().inputs});
  std::vector<std::string> names;
  for (const TableColumn& column : layout_.columns) names.push_back(padded_name(column));
  append_line(names, bold);
}

void TableWriter::write_row(std::span<const Cell> row) {
  std::vector<std::string> cells;
  for (const TableColumn& column : layout_.columns) {
    const Cell& cell = row[column.source];
    const std::string text =
        column.number ? cell_text(cell, layout_.digits) : shown_text(cell, column);
    cells.push_back(padded_cell(text, column));
  }
  append_line(cells);
}

void TableWriter::append_remark(const std::string& text) {
  const bool color = settings().color != Color::none;
  std::string& out = buffer_.text();
  for (const std::string& line :
       wrapped_text(settings().wording(text), settings().table_width.value_or(no_limit))) {
    if (color) out += faint;
    out += line;
    if (color) out += plain;
    out += "\n";
  }
}

void TableWriter::end_table(std::size_t rows) {
  if (rows == 0) append_remark("no rows");
  if (settings().table_rows && rows > *settings().table_rows) {
    append_remark("… " + std::to_string(rows) + " rows in all ($rows all shows them)");
  }
  if (layout_.left_out.empty()) return;
  std::string names;
  for (const std::string& name : layout_.left_out) names += (names.empty() ? "" : ", ") + name;
  const std::size_t left_out = layout_.left_out.size();
  append_remark("… " + count_of(left_out, left_out + layout_.columns.size(), "columns left out") +
                " ($wide shows all): " + names);
}

void TableWriter::write_summaries(const std::vector<std::vector<std::string>>& lines) {
  std::string& out = buffer_.text();
  out += "\n";
  for (const auto& line : lines) {
    std::string begin;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      begin += visible_text(line[i]) + std::string(between);
    }
    append_hanging(out, begin, visible_text(line.back()), settings().table_width);
  }
}

void TableWriter::picture(const Picture& picture) {
  if (has_pictures_) buffer_.text() += "\n";
  has_pictures_ = true;
  if (settings().file_column) buffer_.text() += visible_text(input()) + "\n";
  buffer_.text() += picture_text(picture, settings(), messages());
  buffer_.flush_if_full();
}

}  // namespace attngraph
