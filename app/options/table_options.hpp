#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace attngraph {

class OptionTable;
class Command;
struct AnswerColumns;

/// `--rows all`
inline constexpr std::size_t all_rows = static_cast<std::size_t>(-1);

/// Options that say what a table of rows shows.
struct TableOptions {
  /// Rows a table shows; nothing for what suits the output.
  std::optional<std::size_t> rows;
  /// Significant digits; nothing for all.
  std::optional<int> digits = 4;
  /// The user said how many.
  bool digits_chosen = false;
  /// As wide as it wants to be, also in a terminal.
  bool wide = false;
  /// These columns alone, in this order; all where it is empty.
  std::vector<std::string> columns;
  /// The column to sort by, the other way round where `reverse` says so, and the rows to keep.
  std::string sort;
  bool reverse = false;
  std::optional<std::size_t> top;
};

void declare_table(OptionTable& options, TableOptions& table);

/// @throws ArgumentError where a column is named that the answer has not, or no rows are asked for
void check_table(const TableOptions& table, const AnswerColumns& answer);
/// The same of a command as it is asked now; where another way to ask has the column, the hint says
/// which.
void check_table(const TableOptions& table, const Command& command);

}  // namespace attngraph
