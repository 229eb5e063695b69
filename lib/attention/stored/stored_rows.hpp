#pragma once

#include <cstddef>
#include <vector>

#include "numeric/row_numbers.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// A look at the rows of a matrix of numbers [row, column] without a copy of it: float32 and
/// float64 are read where they lie, other types converted some rows at a time, to float where it
/// holds all their values. Rows are best asked for in order. Used by one thread; pages of a large
/// mapped file are given back when it ends.
class StoredRows {
 public:
  explicit StoredRows(Tensor numbers);
  ~StoredRows();
  StoredRows(const StoredRows&) = delete;
  StoredRows& operator=(const StoredRows&) = delete;

  std::size_t rows() const { return numbers_.shape()[0]; }
  std::size_t columns() const { return numbers_.shape()[1]; }

  /// Columns from the first on that the query of this row sees where the matrix is causal.
  std::size_t visible(std::size_t row) const;

  /// The numbers of a row, until the next is asked for.
  RowNumbers row(std::size_t row);
  /// What the columns of a row from `first` on add up to.
  RowFacts facts(std::size_t row, std::size_t first = 0);
  /// A look at the columns [first, end) of a row; adds them to `column_sums` [columns].
  RowScan scan(std::size_t row, std::size_t first, std::size_t end,
               std::vector<double>& column_sums);
  double number(std::size_t row, std::size_t column);

 private:
  Tensor numbers_;
  RowNumbers::Type type_;
  const std::byte* in_place_;
  /// Rows [first_converted_, end_converted_) where they do not lie in place.
  std::vector<float> floats_;
  std::vector<double> doubles_;
  const std::byte* converted_ = nullptr;
  std::size_t first_converted_ = 0;
  std::size_t end_converted_ = 0;

  void convert_from(std::size_t row);
};

}  // namespace attngraph
