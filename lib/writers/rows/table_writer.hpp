#pragma once

#include <string>
#include <vector>

#include "writers/output/output_buffer.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// An aligned table for a person. The width of a column follows from its name and type alone, so
/// that rows leave as they come: 6 columns for integers, 9 for other numbers (six significant
/// digits, fewer where 9 columns do not hold them), 16 for text, as many as the first input's name
/// takes for files. Longer labels are cut at label_limit, but not names of files and the last
/// column. The text is the same on a terminal
/// and in a pipe, except for colour.
class TableWriter : public Writer {
 public:
  TableWriter(const Format& format, Output& output, const WriterSettings& settings,
              Messages& messages);

  void begin_input(const std::string& name) override { input_ = name; }
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const Column& number, double value) override;
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  /// In characters, one below the other.
  void picture(const Picture& picture) override;
  void finish() override;

 private:
  struct TableColumn {
    std::string name;
    bool right = false;
    std::size_t width = 0;
    /// Columns that a text may take.
    std::size_t limit = 0;
  };

  OutputBuffer buffer_;
  const WriterSettings& settings_;
  std::string input_;
  std::vector<TableColumn> columns_;
  std::vector<std::string> names_;
  /// For each column of the schema, whether it is shown.
  std::vector<bool> shown_;
  MatrixSeries series_;
  std::size_t count_ = 0;
  bool has_pictures_ = false;
  std::string summaries_;

  TableColumn column_of(const Column& column, bool last) const;
  void append_header();
  /// Whether the row that comes now is shown; counts it.
  bool takes_row();
  void append_row(const std::vector<std::string>& cells);
  std::string cell(const Values& values, std::size_t row, std::size_t column) const;
  std::string text_cell(std::size_t column, const std::string& text) const;
};

}  // namespace attngraph
