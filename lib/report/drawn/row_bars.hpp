#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "report/answer/passing_sink.hpp"
#include "report/drawn/bar_rows.hpp"

namespace attngraph {

/// Makes bars of rows (bars_of_rows) and hands them on as a picture. Columns before the first
/// measure say which row it is; of several measures those are shown that a table never leaves out.
class RowBars : public PassingSink {
 public:
  RowBars(Sink& to, std::string title) : PassingSink(to), title_(std::move(title)) {}

  Form form() const override { return Form::rows; }
  /// @throws ArgumentError where the rows have no measure
  void begin_rows(const Schema& schema) override;
  /// @throws LimitError where rows become too many for one picture
  void rows(const Chunk& chunk) override;
  /// The answer is over: hands the picture on.
  void finish();

 private:
  std::string title_;
  Schema schema_;
  /// Where the columns are that say which row it is, and the measures.
  std::vector<std::size_t> keys_;
  std::vector<std::size_t> measures_;
  /// Prose behind the measures that may say it better than a lone index; the schema's size for
  /// none.
  std::size_t prose_ = 0;
  std::vector<std::string> prose_texts_;
  std::vector<KeyedRow> rows_;

  void leave_out_words();
  void name_by_prose();
};

}  // namespace attngraph
