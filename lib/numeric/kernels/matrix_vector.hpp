// Products of a matrix with a vector, and sums of matrices; only for instruction_set_kernels.cpp.
//
// The matrix [rows, columns] has the numbers of its file, float or double; the vectors and the sums
// are double. Both products read it once, row by row as it lies in memory, several rows at a time,
// so that what they share is loaded once: the sums of the columns, or the vector. Cost: one pass.

#pragma once

#include <cstddef>

#include "numeric/kernels/row_scan.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
Register<double> load_doubles(const Scalar* from) {
  return load_doubles<Scalar>(reinterpret_cast<const std::byte*>(from));
}

template <typename Scalar>
void add(const Scalar* values, std::ptrdiff_t count, double* sums, const Scalar* next) {
  constexpr std::ptrdiff_t line = 64 / sizeof(Scalar), page = 4096 / sizeof(Scalar);
  std::ptrdiff_t i = 0;
  for (; i + line <= count; i += line) {
    const std::ptrdiff_t later = i + page;
    __builtin_prefetch(later < count ? values + later : next + (later - count), 0, 2);
    for (std::ptrdiff_t j = i; j < i + line; j += lanes<double>) {
      store(sums + j, load(sums + j) + load_doubles(values + j));
    }
  }
  for (; i < count; ++i) sums[i] += values[i];
}

constexpr int rows_at_a_time = 8;

template <int rows, typename Scalar>
void add_few_rows(const Scalar* w, std::ptrdiff_t columns, const double* z, double* y) {
  std::ptrdiff_t k = 0;
  for (; k + lanes<double> <= columns; k += lanes<double>) {
    Register<double> sum = load(y + k);
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) sum += z[i] * load_doubles(w + i * columns + k);
    store(y + k, sum);
  }
  for (; k < columns; ++k) {
    for (int i = 0; i < rows; ++i) y[k] += z[i] * w[i * columns + k];
  }
}

template <typename Scalar>
void add_rows(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns, const double* z,
              double* y) {
  std::ptrdiff_t row = 0;
  for (; row + rows_at_a_time <= rows; row += rows_at_a_time) {
    add_few_rows<rows_at_a_time>(w + row * columns, columns, z + row, y);
  }
  for (; row < rows; ++row) add_few_rows<1>(w + row * columns, columns, z + row, y);
}

template <int rows, typename Scalar>
void add_few_row_products(const Scalar* w, std::ptrdiff_t columns, const double* z, double* y) {
  Register<double> sums[rows] = {};
  std::ptrdiff_t k = 0;
  for (; k + lanes<double> <= columns; k += lanes<double>) {
    const Register<double> few = load(z + k);
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) sums[i] += few * load_doubles(w + i * columns + k);
  }
  for (int i = 0; i < rows; ++i) {
    double sum = 0;
    for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) sum += sums[i][lane];
    for (std::ptrdiff_t rest = k; rest < columns; ++rest) sum += z[rest] * w[i * columns + rest];
    y[i] += sum;
  }
}

template <typename Scalar>
void add_row_products(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns, const double* z,
                      double* y) {
  std::ptrdiff_t row = 0;
  for (; row + rows_at_a_time <= rows; row += rows_at_a_time) {
    add_few_row_products<rows_at_a_time>(w + row * columns, columns, z, y + row);
  }
  for (; row < rows; ++row) add_few_row_products<1>(w + row * columns, columns, z, y + row);
}

}  // namespace
}  // namespace attngraph
