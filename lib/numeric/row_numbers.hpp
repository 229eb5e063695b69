#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "numeric/kernels/kernels.hpp"

namespace attngraph {

/// A row of floats or doubles where they lie, at any address.
class RowNumbers {
 public:
  enum class Type { f32, f64 };

  RowNumbers(const std::byte* first, std::size_t count, Type type)
      : first_(first),
        count_(count),
        type_(type),
        kernels_(type == Type::f32 ? kernels().f32_rows : kernels().f64_rows) {}
  RowNumbers(std::span<const double> numbers)
      : RowNumbers(std::as_bytes(numbers).data(), numbers.size(), Type::f64) {}

  /// Bytes of a number.
  static std::size_t size_of(Type type) {
    return type == Type::f32 ? sizeof(float) : sizeof(double);
  }

  std::size_t size() const { return count_; }
  double operator[](std::size_t i) const {
    return type_ == Type::f32 ? number<float>(i) : number<double>(i);
  }

  /// What the numbers of [first, end) add up to.
  RowFacts facts(std::size_t first, std::size_t end) const {
    return kernels_.facts(at(first), static_cast<std::ptrdiff_t>(end - first));
  }
  /// A look at those of [first, end), which are added to `column_sums` [size], too.
  RowScan scan(std::size_t first, std::size_t end, std::vector<double>& column_sums) const {
    return kernels_.scan(at(first), static_cast<std::ptrdiff_t>(end - first),
                         column_sums.data() + first);
  }
  /// How weights of a query at place `position` are spread; adds them to `column_sums` [size].
  RowMeasures measures(std::size_t position, std::vector<double>& column_sums) const {
    return kernels_.measures(first_, static_cast<std::ptrdiff_t>(count_),
                             static_cast<std::ptrdiff_t>(position), column_sums.data());
  }
  /// Copies of the first `count`.
  std::vector<double> doubles(std::size_t count) const {
    std::vector<double> copies(count);
    for (std::size_t i = 0; i < count; ++i) copies[i] = (*this)[i];
    return copies;
  }

 private:
  const std::byte* first_;
  std::size_t count_;
  Type type_;
  const RowKernels& kernels_;

  const std::byte* at(std::size_t i) const { return first_ + i * size_of(type_); }
  template <typename Scalar>
  double number(std::size_t i) const {
    Scalar value;
    std::memcpy(&value, first_ + i * sizeof value, sizeof value);
    return static_cast<double>(value);
  }
};

}  // namespace attngraph
