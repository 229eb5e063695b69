#pragma once

#include <string_view>

#include "formats/graphs/json_elements.hpp"

namespace attngraph {

/// Which kind of edges a JSON text holds.
enum class JsonEdges {
  none,
  /// An object with `nodes` and `links` (or `edges`).
  graph,
  /// An object for each edge, one in a line.
  lines,
  /// Rows in a list: an answer of attngraph, a table of pandas.
  answer
};

/// Which lists of an object hold rows of a table: `results` as attngraph writes them, `data` as
/// pandas does: with `orient="table"` objects behind a `schema`, with `orient="split"` lists behind
/// `columns`.
class RowTables {
 public:
  JsonList list(std::string_view key);
  void member(std::string_view object, std::string_view key);

 private:
  bool schema_ = false;
  bool columns_ = false;
};

/// What a text that begins with `{` holds, as its first keys say.
JsonEdges json_edges(std::string_view text);

}  // namespace attngraph
