#pragma once

#include <cstddef>
#include <cstdint>

namespace attngraph {

/// The loops where the time goes, compiled once for each instruction set and chosen when the
/// program runs, so that a packaged binary is as fast as one built for its machine. Matrices are
/// row-major and dense; results may differ between instruction sets in the last bits, never
/// between runs or numbers of threads on one machine.
template <typename Scalar>
struct ScalarKernels {
  /// c [rows, columns] = factor * a [rows, inner] times the transpose of b [columns, inner]
  void (*product_transposed)(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
                             std::ptrdiff_t columns, std::ptrdiff_t inner, Scalar factor);
  /// c [rows, columns] = a [rows, inner] times b [inner, columns]
  void (*product)(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
                  std::ptrdiff_t columns, std::ptrdiff_t inner);
  /// The largest of `count` numbers, at least one; NaN where one is NaN.
  Scalar (*maximum)(const Scalar* values, std::ptrdiff_t count);
  /// values[i] = exp(values[i] - shift); what is below the smallest normal number becomes 0.
  /// @returns their sum
  double (*exponentials)(Scalar* values, std::ptrdiff_t count, Scalar shift);
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
