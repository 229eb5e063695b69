#pragma once

#include <cstddef>
#include <cstdint>

namespace attngraph {

/// A product of a [rows, inner] with part of a right factor that was packed in panels: `panels`
/// points into the first of them, and from one to the next are `panel_stride` numbers.
template <typename Scalar>
struct PackedProduct {
  const Scalar* a;
  std::ptrdiff_t a_stride;
  std::ptrdiff_t rows;
  const Scalar* panels;
  std::ptrdiff_t panel_stride;
  std::ptrdiff_t inner;
  std::ptrdiff_t columns;
  Scalar factor;
  Scalar* c;
  std::ptrdiff_t c_stride;
};

/// What one row adds up to.
struct RowFacts {
  /// In double; not finite where a number is not.
  double sum;
  double lowest;
};

/// The loops where the time goes, compiled once for each instruction set and chosen when the
/// program runs, so that a packaged binary is as fast as one built for its machine. Matrices are
/// row-major and dense; results may differ between instruction sets in the last bits, never
/// between runs or numbers of threads on one machine.
template <typename Scalar>
struct ScalarKernels {
  /// Columns of a panel; the last one is filled up with zeros.
  std::ptrdiff_t panel_width;
  /// Lays a right factor [inner, columns] out in panels [inner, panel_width], one after the other.
  /// Entry (d, j) is at b[d * row_stride + j * column_stride].
  void (*pack)(const Scalar* b, std::ptrdiff_t row_stride, std::ptrdiff_t column_stride,
               std::ptrdiff_t inner, std::ptrdiff_t columns, Scalar* panels);
  /// c = factor * a b
  void (*multiply)(const PackedProduct<Scalar>& product);
  /// c = min(c, a b) where the product adds and takes the minimum; `factor` is 1.
  void (*lower_by_sums)(const PackedProduct<Scalar>& product);
  /// Sum and minimum of `count` numbers, at least one.
  RowFacts (*row_facts)(const Scalar* values, std::ptrdiff_t count);
  /// sums[i] += values[i]
  void (*add)(const Scalar* values, std::ptrdiff_t count, double* sums);
  /// y += zᵀ w: y [columns], z [rows], w [rows, columns]
  void (*add_rows)(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns, const double* z,
                   double* y);
  /// y += w z: y [rows], w [rows, columns], z [columns]
  void (*add_row_products)(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns,
                           const double* z, double* y);
  /// The largest of `count` numbers, at least one; NaN where one is NaN.
  Scalar (*maximum)(const Scalar* values, std::ptrdiff_t count);
  /// values[i] = exp(values[i] - shift); what is below the smallest normal number becomes 0.
  /// @returns their sum
  double (*exponentials)(Scalar* values, std::ptrdiff_t count, Scalar shift);
  /// The sum of exp(values[i] - shift).
  double (*sum_of_exponentials)(const Scalar* values, std::ptrdiff_t count, Scalar shift);
  /// values[i] *= factor
  void (*scale)(Scalar* values, std::ptrdiff_t count, double factor);
};

struct Kernels {
  ScalarKernels<float> f32;
  ScalarKernels<double> f64;
  /// Sum of -w log w over weights >= 0, where 0 log 0 is 0.
  double (*entropy)(const double* weights, std::ptrdiff_t count);
};

/// The kernels for this processor.
const Kernels& kernels();

template <typename Scalar>
const ScalarKernels<Scalar>& scalar_kernels();
template <>
inline const ScalarKernels<float>& scalar_kernels<float>() {
  return kernels().f32;
}
template <>
inline const ScalarKernels<double>& scalar_kernels<double>() {
  return kernels().f64;
}

}  // namespace attngraph
