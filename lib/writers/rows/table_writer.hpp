#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "writers/rows/cell_writer.hpp"
#include "writers/rows/table_layout.hpp"

namespace attngraph {

/// An aligned table for a terminal or a file of text, laid out by its first thousand rows; a longer
/// value below them pushes the rest of its row to the right.
class TableWriter : public CellWriter {
 public:
  using CellWriter::CellWriter;

  /// In characters, one below the other.
  void picture(const Picture& picture) override;

 protected:
  void begin_table(const Schema& schema, const CellRows& first) override;
  void write_row(std::span<const Cell> row) override;
  void end_table(std::size_t rows) override;
  void write_summaries(const std::vector<std::vector<std::string>>& lines) override;

 private:
  TableLayout layout_;
  bool has_pictures_ = false;

  void append_line(const std::vector<std::string>& cells, std::string_view style = {});
  /// Something that is said below the rows, over as many lines as it takes.
  void append_remark(const std::string& text);
};

}  // namespace attngraph
