// Products of a matrix with a vector; only for instruction_set_kernels.cpp.
//
// The matrix [rows, columns] has the numbers of its file, float or double; the vectors and the sums
// are double. Both products read it once, row by row as it lies in memory, several rows at a time,
// so that what they share is loaded once: the sums of the columns, or the vector. Cost: one pass.

#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

#include <cstddef>

#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// As many numbers as a register of doubles holds.
inline Register<double> load_doubles(const double* from) { return load(from); }
inline Register<double> load_doubles(const float* from) {
  // g++ 12 converts half a register at a time unless it is told the instruction.
#if defined(__AVX512F__)
  return _mm512_cvtps_pd(_mm256_loadu_ps(from));
#elif defined(__AVX__)
  return _mm256_cvtps_pd(_mm_loadu_ps(from));
#else
  typedef float Few __attribute__((vector_size(lanes<double> * sizeof(float))));
  Few few;
  std::memcpy(&few, from, sizeof few);
  return __builtin_convertvector(few, Register<double>);
#endif
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
