#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "writers/output/output_buffer.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// How a row of values becomes a line of text.
class LineStyle {
 public:
  virtual ~LineStyle() = default;

  /// The line before the first row; may be empty.
  virtual std::string header(const Schema& schema) const = 0;
  /// What stands before the value of column `index`.
  virtual std::string lead(std::size_t index, const std::string& name) const = 0;
  /// What stands behind the last value.
  virtual std::string_view row_end() const = 0;
  /// What stands between two rows.
  virtual std::string_view between_rows() const { return {}; }
  /// Whether rows of other columns may follow.
  virtual bool names_every_value() const { return false; }
  virtual void append_text(std::string& out, std::string_view value) const = 0;
  /// Infinities, and NaN, which stands for no number.
  virtual void append_not_finite(std::string& out, double value) const = 0;
  /// A value that this input does not have.
  virtual void append_unknown(std::string& out) const = 0;
};

/// RFC 4180, lines ending in LF, one header line.
std::unique_ptr<LineStyle> csv_style(const WriterSettings& settings);
/// Tabs between values; `\t`, `\n`, `\r` and `\\` within.
std::unique_ptr<LineStyle> tsv_style(const WriterSettings& settings);
/// One JSON object for each row, all ASCII; `separator` stands between two rows, `end` behind each.
std::unique_ptr<LineStyle> json_style(std::string separator, std::string end);
/// Each on a line of its own.
std::unique_ptr<LineStyle> jsonl_style(const WriterSettings& settings);

/// Writes rows, matrices and graphs as lines of text, one for each value, as they come. A matrix
/// takes no detour over columns: tens of millions of entries pass here.
class LineWriter : public Writer {
 public:
  LineWriter(const Format& format, std::unique_ptr<LineStyle> style, Output& output,
             const WriterSettings& settings, Messages& messages);

  void begin_input(const std::string& name) override;
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override;
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override;
  void finish() override { buffer_.flush(); }

 protected:
  OutputBuffer buffer_;

  const WriterSettings& settings() const { return settings_; }
  const std::string& input() const { return input_; }
  /// Those of an answer that are written, with what stands in front of them.
  Schema written_columns(const Schema& schema) const;

 private:
  std::unique_ptr<LineStyle> style_;
  const WriterSettings& settings_;
  std::string input_;
  /// The encoded value of the `file` column with its lead; empty without one.
  std::string file_text_;
  std::vector<std::string> names_;
  std::vector<std::string> leads_;
  /// For each column of the schema, whether it is written.
  std::vector<bool> written_;
  bool has_rows_ = false;
  MatrixSeries series_;
  /// For each column of the series' matrices: its index, what stands before the value, and its
  /// label at the end.
  std::vector<std::string> column_texts_, column_ends_;

  bool is_written(const Column& column) const {
    return settings_.file_column || column.known == Known::yes;
  }
  void begin_row();
  template <typename Number>
  void append_real(Number value);
  /// What stands before the values of a column; null where it is not written.
  const std::string* lead_of(const Column& column) const;
  /// Label i with its lead; empty where the column is not written.
  std::string label_text(const Column& column, const std::vector<std::string>& labels,
                         std::size_t i) const;
  /// Encodes what the rows of a matrix have in common, up to so many columns.
  void encode_columns(std::size_t count);
  void append_cell(const Values& values, std::size_t row);
  void append_matrix_row(const std::string& prefix, MatrixView values, std::size_t row);
};

}  // namespace attngraph
