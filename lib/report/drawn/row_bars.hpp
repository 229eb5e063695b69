#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "report/answer/passing_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {

/// Makes bars of rows: one for each token of a row, in a group for what the columns before it say
/// (layer, head, output) and for each measure, and hands them on as a picture. Of several measures
/// those are shown that a table never leaves out.
class RowBars : public PassingSink {
 public:
  RowBars(Sink& to, std::string title) : PassingSink(to), title_(std::move(title)) {}

  Form form() const override { return Form::rows; }
  /// @throws ArgumentError where the rows have no measure
  void begin_rows(const Schema& schema) override;
  /// @throws LimitError where groups become too many for one picture
  void rows(const Chunk& chunk) override;
  /// The answer is over: hands the picture on.
  void finish();

 private:
  std::string title_;
  Schema schema_;
  /// Where the index is that bars are for, its label (or itself), and the measures.
  std::size_t index_ = 0;
  std::size_t label_ = 0;
  std::vector<std::size_t> measures_;
  Bars bars_;
  /// The place of a bar by its index, and that of the first of some groups by their title.
  std::map<std::string, std::size_t> bar_of_;
  std::map<std::string, std::size_t> groups_of_;
  bool labelled_ = false;
  bool in_order_ = true;

  std::size_t bar(const Chunk& chunk, std::size_t row);
  std::size_t groups(const std::string& title);
  std::string group_title(const Chunk& chunk, std::size_t row) const;
};

}  // namespace attngraph
