#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/edge_groups.hpp"

namespace attngraph {

/// What a file calls its columns and its rows.
struct TableWords {
  const char* column = "column";
  const char* rows = "rows";
};

/// The columns of an edge list, or the data of edges in a graph file, that are read as nothing: one
/// of them may say that edges which seem to stand there twice are of different graphs (`sample`).
class LeftOutColumns {
 public:
  LeftOutColumns(const std::string& where, const Limits& limits, TableWords words = {})
      : where_(where), limits_(limits), words_(words) {}

  /// Edges that were added before have an empty field there.
  /// @throws LimitError where they would exceed `limits.memory`
  void add_column(std::size_t position, const std::string& name);
  bool empty() const { return columns_.empty(); }

  /// @param fields of its row
  /// @throws LimitError where they would exceed `limits.memory`
  void add(const Edge& edge, std::span<const std::string_view> fields);

  /// @throws InputError where a column has several values and tells edges apart that have the same
  /// layer, head, source and target
  void require_one_graph() const;

 private:
  struct Column {
    std::size_t position;
    std::string name;
    /// Of each row, hashed as its place is.
    std::vector<std::uint64_t> values;
    bool fractions;
  };

  const std::string& where_;
  const Limits& limits_;
  TableWords words_;
  std::vector<std::uint64_t> places_;
  std::vector<Column> columns_;
  std::size_t allowed_ = 0;

  void require(std::size_t columns) const;
  static bool may_be_of_graphs(const Column& column);
};

}  // namespace attngraph
