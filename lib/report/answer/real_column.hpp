#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// A column of real numbers: float32 where what they come from is.
inline Column real_column(std::string name, bool single_precision) {
  return {std::move(name), single_precision ? ColumnType::real32 : ColumnType::real};
}

/// Its values.
inline Values real_values(const std::vector<double>& values, bool single_precision) {
  if (single_precision) return std::vector<float>(values.begin(), values.end());
  return values;
}

}  // namespace attngraph
