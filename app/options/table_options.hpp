#pragma once

#include <cstddef>
#include <optional>

namespace attngraph {

class OptionTable;

/// `--rows all`
inline constexpr std::size_t all_rows = static_cast<std::size_t>(-1);

/// Options that say what a table of rows shows.
struct TableOptions {
  /// Rows a table shows; nothing for what suits the output.
  std::optional<std::size_t> rows;
  /// Significant digits; nothing for all.
  std::optional<int> digits = 4;
  /// As wide as it wants to be, also in a terminal.
  bool wide = false;
};

void declare_table(OptionTable& options, TableOptions& table);

}  // namespace attngraph
