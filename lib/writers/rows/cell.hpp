#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "report/answer/sink.hpp"

namespace attngraph {

/// Significant digits of numbers that a person reads; nothing for as many as the number has.
using Digits = std::optional<int>;

/// A value of a row; nothing where it is not known.
using Cell = std::variant<std::monostate, std::int64_t, double, float, std::string>;

Cell cell_of(const Values& values, std::size_t row);

/// Some rows of cells, all of the same length.
class CellRows {
 public:
  explicit CellRows(std::size_t columns = 0) : columns_(columns) {}

  void add(Cell cell) { cells_.push_back(std::move(cell)); }
  /// Whole rows; what is added is one when it has a cell for every column.
  std::size_t rows() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  std::span<const Cell> row(std::size_t i) const {
    return {cells_.data() + i * columns_, columns_};
  }
  void clear() { cells_.clear(); }

 private:
  std::size_t columns_;
  std::vector<Cell> cells_;
};

/// A number: written out from 0.0001 up to ten millions, with a power of ten beyond. One that has
/// no more digits than are asked for is shown as it is, a rounded one with all of them: 0.5 and
/// 0.5000 are not the same.
template <typename Number>
std::string real_text(Number value, Digits digits);

/// What a person reads in place of a cell; text as it is.
std::string cell_text(const Cell& cell, Digits digits);

/// Characters of a number before its decimal point, at which the numbers of a column are aligned.
std::size_t before_point(std::string_view number);

}  // namespace attngraph
