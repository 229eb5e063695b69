#pragma once

#include <span>
#include <string>
#include <vector>

#include "writers/output/output_buffer.hpp"
#include "writers/rows/cell.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// Writes rows as a table for a person. The first rows of a table wait, so that it can be laid out
/// by them; then rows leave as they come. Inputs go on in one table where a column says which input
/// a row is of, else each has a table of its own.
class CellWriter : public Writer {
 public:
  CellWriter(const Format& format, Output& output, const WriterSettings& settings,
             Messages& messages);

  void begin_input(const std::string& name) override;
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void summary(const Column& number, double value) override;
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void finish() override;

 protected:
  OutputBuffer buffer_;

  const WriterSettings& settings() const { return settings_; }
  const std::string& input() const { return input_; }

  /// A table begins; `first` are its first rows, which write_row is given next.
  virtual void begin_table(const Schema& schema, const CellRows& first) = 0;
  virtual void write_row(std::span<const Cell> row) = 0;
  /// What is said below a table: how many rows there are, what was left out.
  virtual void end_table(std::size_t rows) = 0;
  /// Numbers about the whole answer: their input where there are several, name, value, and of
  /// a single input what it says.
  virtual void write_summaries(const std::vector<std::vector<std::string>>& lines) = 0;

 private:
  const WriterSettings& settings_;
  std::string input_;
  /// The columns of the table, a column for the file first; empty before the first table.
  Schema schema_;
  /// For each column of the answer, whether it is shown.
  std::vector<bool> shown_;
  MatrixSeries series_;
  CellRows waiting_;
  bool began_ = false;
  bool new_input_ = true;
  std::size_t count_ = 0;
  std::vector<std::vector<std::string>> summaries_;

  bool goes_on(const Schema& schema) const;
  bool takes_row();
  void row_added();
  void write_waiting();
  void end();
};

}  // namespace attngraph
