#pragma once

#include <span>
#include <string>
#include <vector>

#include "writers/rows/cell_writer.hpp"
#include "writers/rows/table_layout.hpp"

namespace attngraph {

/// A table as GitHub's Markdown has it, with the cells of the aligned one.
class MarkdownWriter : public CellWriter {
 public:
  using CellWriter::CellWriter;

 protected:
  void begin_table(const Schema& schema, const CellRows& first) override;
  void write_row(std::span<const Cell> row) override;
  void end_table(std::size_t rows) override;
  void write_summaries(const std::vector<std::vector<std::string>>& lines) override;

 private:
  TableLayout layout_;
};

/// `text` so that Markdown shows it as it is, also within a cell of a table.
std::string markdown_text(const std::string& text);

}  // namespace attngraph
