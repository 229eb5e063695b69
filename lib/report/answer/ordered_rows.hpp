#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "report/answer/columns.hpp"
#include "report/answer/passing_sink.hpp"

namespace attngraph {

/// In what order the rows of an answer are wanted, and how many of them.
struct RowOrder {
  /// By this column: numbers from the largest, indices and texts from the first, NaN last; empty
  /// for the order in which they come.
  std::string sort = {};
  /// The other way round; NaN stays last.
  bool reverse = false;
  /// Only so many rows.
  std::optional<std::size_t> top = {};
  /// The rows that are put in order together.
  OrderedTogether together = OrderedTogether::those_of_a_head;
  /// Bytes that rows may take that wait for those behind them.
  std::size_t memory = std::numeric_limits<std::size_t>::max();

  /// Whether it is another than that in which they come.
  bool given() const { return !sort.empty() || reverse || top; }
};

/// Hands the rows of an answer on in the order that is wanted: those of each head where the first
/// columns say which head a row is of. With `top`, about so many rows wait, else all that are put
/// in order together; equal ones keep their order.
class OrderedRows : public PassingSink {
 public:
  OrderedRows(Sink& to, RowOrder order) : PassingSink(to), order_(std::move(order)) {}

  /// @throws ArgumentError naming `sort` where the rows have no such column
  void begin_rows(const Schema& schema) override;
  /// @throws LimitError where more rows wait than memory allows
  void rows(const Chunk& chunk) override;
  /// The answer is over: hands on what waits.
  void finish();

 private:
  RowOrder order_;
  Schema schema_;
  std::optional<std::size_t> by_;
  /// How many of the first columns say which rows are put in order together.
  std::size_t places_ = 0;
  Chunk waiting_;

  void add(const Chunk& chunk, std::size_t begin, std::size_t end);
  void leave_out_the_rest();
  std::vector<std::size_t> wanted() const;
};

}  // namespace attngraph
