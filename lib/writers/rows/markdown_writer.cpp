#include "writers/rows/markdown_writer.hpp"

#include <algorithm>
#include <string_view>

#include "core/text/text.hpp"

namespace attngraph {

std::string markdown_text(const std::string& text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool link = text[i] == ']' && i + 1 < text.size() && text[i + 1] == '(';
    if (link || std::string_view("\\`*_|<&~$").find(text[i]) != std::string_view::npos) {
      escaped += '\\';
    }
    escaped += text[i];
  }
  return escaped;
}

void MarkdownWriter::begin_table(const Schema& schema, const CellRows& first) {
  layout_ = table_layout(schema, first, {std::nullopt, settings().digits, settings().table_label});
  std::string& out = buffer_.text();
  for (TableColumn& column : layout_.columns) {
    column.width = std::max<std::size_t>(column.width, 3);
    out += "| " + padded_name(column) + " ";
  }
  out += "|\n";
  for (const TableColumn& column : layout_.columns) {
    const std::string line(column.width - 1, '-');
    out += column.number ? "| " + line + ": " : "| :" + line + " ";
  }
  out += "|\n";
}

void MarkdownWriter::write_row(std::span<const Cell> row) {
  std::string& out = buffer_.text();
  for (const TableColumn& column : layout_.columns) {
    const Cell& cell = row[column.source];
    const std::string text =
        column.number ? cell_text(cell, layout_.digits) : markdown_text(shown_text(cell, column));
    out += "| " + padded_cell(text, column) + " ";
  }
  out += "|\n";
}

void MarkdownWriter::end_table(std::size_t rows) {
  if (!settings().table_rows || rows <= *settings().table_rows) return;
  buffer_.text() +=
      settings().wording("\n… " + std::to_string(rows) + " rows in all ($rows all shows them)\n");
}

void MarkdownWriter::write_summaries(const std::vector<std::vector<std::string>>& lines) {
  std::string& out = buffer_.text();
  out += "\n";
  for (const auto& line : lines) {
    out += "-";
    for (const std::string& part : line) out += " " + markdown_text(visible_text(part));
    out += "\n";
  }
}

}  // namespace attngraph
