#pragma once

#include <optional>
#include <string>

#include "report/drawn/row_bars.hpp"
#include "writers/output/output_buffer.hpp"
#include "writers/writer.hpp"

namespace attngraph {

/// Rows as bars of characters, for a terminal or a file of text.
class ChartWriter : public Writer {
 public:
  ChartWriter(const Format& format, Output& output, const WriterSettings& settings,
              Messages& messages)
      : Writer(format, messages), buffer_(output), settings_(settings) {}

  void begin_input(const std::string& name) override;
  void begin_rows(const Schema& schema) override;
  void rows(const Chunk& chunk) override { bars_->rows(chunk); }
  void begin_matrices(const MatrixSeries& series) override;
  void matrix(const MatrixPlace& place, MatrixView values) override {
    bars_->matrix(place, values);
  }
  void picture(const Picture& picture) override;
  void finish() override;

 private:
  OutputBuffer buffer_;
  const WriterSettings& settings_;
  std::string input_;
  /// The answer to one input, until the next one begins.
  std::optional<RowBars> bars_;
  bool has_pictures_ = false;

  std::string title() const;
  void finish_bars();
};

}  // namespace attngraph
