#include "attention/stored/stored_rows.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "attention/positions.hpp"

namespace attngraph {
namespace {

/// Numbers converted at a time: they stay in the nearest cache until they are looked at.
constexpr std::size_t converted_numbers = std::size_t{1} << 12;

bool fits_float(Dtype dtype) {
  return is_single(dtype) || (!is_floating(dtype) && dtype_size(dtype) <= 2);
}

template <typename T>
const std::byte* convert_rows(const Tensor& rows, std::vector<T>& numbers) {
  numbers.resize(rows.size());
  rows.copy_to(std::span<T>(numbers));
  return std::as_bytes(std::span<const T>(numbers)).data();
}

}  // namespace

StoredRows::StoredRows(Tensor numbers)
    : numbers_(std::move(numbers)),
      type_(fits_float(numbers_.dtype()) ? RowNumbers::Type::f32 : RowNumbers::Type::f64),
      in_place_(type_ == RowNumbers::Type::f32 ? numbers_.in_place<float>()
                                               : numbers_.in_place<double>()) {}

StoredRows::~StoredRows() { numbers_.give_pages_back(); }

std::size_t StoredRows::visible(std::size_t row) const {
  return keys_before(row, rows(), columns());
}

RowFacts StoredRows::facts(std::size_t row, std::size_t first) {
  return this->row(row).facts(first, columns());
}

RowScan StoredRows::scan(std::size_t row, std::size_t first, std::size_t end,
                         std::vector<double>& column_sums) {
  return this->row(row).scan(first, end, column_sums);
}

double StoredRows::number(std::size_t row, std::size_t column) { return this->row(row)[column]; }

RowNumbers StoredRows::row(std::size_t row) {
  const std::size_t size = columns() * RowNumbers::size_of(type_);
  if (in_place_ != nullptr) return {in_place_ + row * size, columns(), type_};
  if (row < first_converted_ || row >= end_converted_) convert_from(row);
  return {converted_ + (row - first_converted_) * size, columns(), type_};
}

void StoredRows::convert_from(std::size_t row) {
  const std::size_t count =
      std::min(rows() - row, std::max<std::size_t>(1, converted_numbers / columns()));
  const Tensor some = numbers_.slice(0, row, count);
  converted_ =
      type_ == RowNumbers::Type::f32 ? convert_rows(some, floats_) : convert_rows(some, doubles_);
  first_converted_ = row;
  end_converted_ = row + count;
}

}  // namespace attngraph
