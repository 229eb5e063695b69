#pragma once

#include <cstddef>
#include <cstdint>

#include "core/instruction_set.hpp"

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

/// What numbers of a row add up to.
struct RowFacts {
  /// In double; not finite where a number is not.
  double sum;
  /// The lowest of the negative numbers; 0 where there is none.
  double lowest;
};

/// What a look at every one of some numbers of a row shows.
struct RowScan {
  /// Of the finite numbers, in double.
  double sum;
  std::size_t not_finite;
  std::size_t negative;
  std::size_t zeros;
};

/// How the weights of a query [key] are spread.
struct RowMeasures {
  /// The largest weight; 0 where none is above it.
  double largest;
  /// Sum of -w log w, where 0 log 0 is 0.
  double entropy;
  /// Sum of w times the distance of its key from the query.
  double distance;
  /// Sums over the keys before the query and behind it.
  double backward;
  double forward;
};

/// Looks at `count` numbers of a row as they lie in a file, at any address. Facts and scans have
/// the same bits for every instruction set.
struct RowKernels {
  RowFacts (*facts)(const std::byte* numbers, std::ptrdiff_t count);
  /// Adds the finite numbers to `column_sums` [count], too.
  RowScan (*scan)(const std::byte* numbers, std::ptrdiff_t count, double* column_sums);
  /// Measures weights >= 0 of a query that stands at place `position` among the keys, and adds them
  /// to `column_sums` [count].
  RowMeasures (*measures)(const std::byte* weights, std::ptrdiff_t count, std::ptrdiff_t position,
                          double* column_sums);
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
  /// sums[i] += values[i], and has the first of what is added next fetched from memory.
  void (*add)(const Scalar* values, std::ptrdiff_t count, double* sums, const Scalar* next);
  bool (*all_finite)(const Scalar* values, std::ptrdiff_t count);
  /// y += zᵀ w: y [columns], z [rows], w [rows, columns]
  void (*add_rows)(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns, const double* z,
                   double* y);
  /// y += w z: y [rows], w [rows, columns], z [columns]
  void (*add_row_products)(const Scalar* w, std::ptrdiff_t rows, std::ptrdiff_t columns,
                           const double* z, double* y);
  /// The largest of `count` numbers, at least one; NaN where one is NaN.
  Scalar (*maximum)(const Scalar* values, std::ptrdiff_t count);
  /// values[i] = exp(values[i] - shift); what is below the smallest normal number becomes 0.
  /// No number is above `shift`, none is NaN.
  /// @returns their sum
  double (*exponentials)(Scalar* values, std::ptrdiff_t count, Scalar shift);
  /// The sum that `exponentials` returns, without them.
  double (*sum_of_exponentials)(const Scalar* values, std::ptrdiff_t count, Scalar shift);
  /// Writes every i with values[i] > bar to `places`, which has one for each of `count` and one
  /// more.
  /// @returns how many they are
  std::ptrdiff_t (*places_above)(const Scalar* values, std::ptrdiff_t count, Scalar bar,
                                 std::int32_t* places);
  /// values[i] *= factor
  void (*scale)(Scalar* values, std::ptrdiff_t count, double factor);
};

/// Numbers of which Kernels::sums_within is told the least.
constexpr std::ptrdiff_t summed_block = 32;

struct Kernels {
  ScalarKernels<float> f32;
  ScalarKernels<double> f64;
  RowKernels f32_rows;
  RowKernels f64_rows;
  /// Sum of -w log w over weights >= 0, where 0 log 0 is 0.
  double (*entropy)(const double* weights, std::ptrdiff_t count);
  /// Writes every i with a[i] + b[i] <= most to `places`, as places_above. Looks into those blocks
  /// of `summed_block` numbers alone whose least a and least b [blocks] together reach `most`.
  std::ptrdiff_t (*sums_within)(const double* a, const double* b, std::ptrdiff_t count,
                                const double* least_a, const double* least_b, double most,
                                std::int32_t* places);
  /// Writes every i with scores[i] - factor * sums[i] >= least to `places`, as places_above, and
  /// those that miss it by less than 2e-12 of what is taken off. No number is negative.
  std::ptrdiff_t (*excesses_from)(const double* scores, const double* sums, double factor,
                                  std::ptrdiff_t count, double least, std::int32_t* places);
};

/// The kernels for this processor.
const Kernels& kernels();
/// Those for an instruction set, which this processor must have.
const Kernels& kernels_for(InstructionSet set);

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
