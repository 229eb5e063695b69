#include "attention/stored/stored_rows.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "attention/positions.hpp"

namespace attngraph {
namespace {

/// Numbers converted at a time: they stay in the second cache until they are looked at.
constexpr std::size_t converted_numbers = std::size_t{1} << 15;

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
      single_(fits_float(numbers_.dtype())),
      number_size_(single_ ? sizeof(float) : sizeof(double)),
      kernels_(single_ ? kernels().f32_rows : kernels().f64_rows),
      in_place_(single_ ? numbers_.in_place<float>() : numbers_.in_place<double>()) {}

StoredRows::~StoredRows() { numbers_.give_pages_back(); }

std::size_t StoredRows::visible(std::size_t row) const {
  return keys_before(row, rows(), columns());
}

RowFacts StoredRows::facts(std::size_t row, std::size_t first) {
  return kernels_.facts(place(row, first), static_cast<std::ptrdiff_t>(columns() - first));
}

RowScan StoredRows::scan(std::size_t row, std::size_t first, std::size_t end,
                         std::vector<double>& column_sums) {
  return kernels_.scan(place(row, first), static_cast<std::ptrdiff_t>(end - first),
                       column_sums.data() + first);
}

double StoredRows::number(std::size_t row, std::size_t column) {
  const auto as = [&]<typename T>(T value) {
    std::memcpy(&value, place(row, column), sizeof value);
    return static_cast<double>(value);
  };
  return single_ ? as(float{}) : as(double{});
}

const std::byte* StoredRows::place(std::size_t row, std::size_t column) {
  if (in_place_ != nullptr) return in_place_ + (row * columns() + column) * number_size_;
  if (row < first_converted_ || row >= end_converted_) convert_from(row);
  return converted_ + ((row - first_converted_) * columns() + column) * number_size_;
}

void StoredRows::convert_from(std::size_t row) {
  const std::size_t count =
      std::min(rows() - row, std::max<std::size_t>(1, converted_numbers / columns()));
  const Tensor some = numbers_.slice(0, row, count);
  converted_ = single_ ? convert_rows(some, floats_) : convert_rows(some, doubles_);
  first_converted_ = row;
  end_converted_ = row + count;
}

}  // namespace attngraph
