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

/// The columns of an edge list that are read as nothing: one of them may say that edges which seem
/// to stand there twice are of different graphs (`sample`).
class LeftOutColumns {
 public:
  LeftOutColumns(const std::string& where, const Limits& limits) : where_(where), limits_(limits) {}

  /// Before the first edge.
  void add_column(std::size_t position, const std::string& name) {
    columns_.push_back({position, name, {}, false});
  }

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
  std::vector<std::uint64_t> places_;
  std::vector<Column> columns_;
  std::size_t allowed_ = 0;

  static bool may_be_of_graphs(const Column& column);
};

}  // namespace attngraph
