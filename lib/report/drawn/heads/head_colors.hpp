#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "report/answer/table.hpp"
#include "report/drawn/heads/head_map.hpp"

namespace attngraph {

/// The column of the table that a map of the heads is coloured by.
/// @throws ArgumentError where there is no such column of numbers
/// @param such_as columns to name in the hint
template <typename Row>
const typename Table<Row>::Entry& color_column(const Table<Row>& table, const std::string& name,
                                               const std::string& such_as) {
  const auto& by = table.column(name, "$color-by");
  const bool number = by.column.type != ColumnType::text && name != "layer" && name != "head";
  if (number) return by;
  throw ArgumentError("$color-by", name + " is no measure, expected a column of numbers",
                      "such as " + such_as);
}

/// The numbers of a column; none where it holds texts.
inline std::vector<double> numbers_of(const Values& values) {
  return std::visit(
      [](const auto& cells) -> std::vector<double> {
        using Cells = std::decay_t<decltype(cells)>;
        if constexpr (std::is_same_v<Cells, Unknown> ||
                      std::is_same_v<Cells, std::vector<std::string>>) {
          return {};
        } else {
          return {cells.begin(), cells.end()};
        }
      },
      values);
}

}  // namespace attngraph
