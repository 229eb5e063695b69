#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "writers/rows/cell.hpp"
#include "writers/rows/name_cuts.hpp"

namespace attngraph {

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

/// A column of a table as it is laid out.
struct TableColumn {
  std::string name;
  /// Which cell of a row it shows.
  std::size_t source = 0;
  bool number = false;
  /// Names a token.
  bool label = false;
  /// Of numbers: columns of the terminal before the decimal points, and from them on.
  std::size_t before = 0;
  std::size_t behind = 0;
  std::size_t width = 0;
  /// Columns of the terminal beyond which text is cut.
  std::size_t limit = no_limit;
  /// Of names of files that are cut: so that they differ.
  std::optional<NameCuts> cuts = {};
  /// Text that is too long for its column goes on in the next line; of the last column alone.
  bool wraps = false;
};

struct TableLayout {
  std::vector<TableColumn> columns;
  Digits digits;
  /// Names of the columns for which there was no room.
  std::vector<std::string> left_out;
};

/// What a table may take.
struct TableRoom {
  /// Columns of the terminal; nothing for as many as the table wants.
  std::optional<std::size_t> width;
  Digits digits;
  /// Columns of the terminal that a label may take.
  std::size_t label = no_limit;
  /// Numbers have those digits also where columns must be left out for them.
  bool digits_stay = false;
  /// The column that is never left out, such as the one by which rows are sorted.
  std::string kept = {};
  /// What may stand in the column `file`; empty where its first rows say it.
  std::vector<std::string> files = {};
};

/// Lays a table out by its first rows. Label columns stand behind their index, and not at all where
/// they say the same. Where there is no room, numbers have fewer digits, then labels and names are
/// cut, then columns are left out, those of the highest rank first and of one rank from the right.
TableLayout table_layout(const Schema& schema, const CellRows& rows, const TableRoom& room);

/// Its name, at the side at which its cells are.
std::string padded_name(const TableColumn& column);

/// The text of a cell as the column shows it, cut where it is too long.
std::string shown_text(const Cell& cell, const TableColumn& column);

/// What a cell shows, padded to the width of its column; what wraps, as it is.
std::string padded_cell(const std::string& text, const TableColumn& column);

}  // namespace attngraph
