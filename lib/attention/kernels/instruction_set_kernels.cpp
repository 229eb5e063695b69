// The kernels for one instruction set.
//
// CMake compiles this file once for each set, with its flags and with ATTNGRAPH_KERNELS naming the
// table. Eigen's templates would get the same names each time, and the linker would keep any one of
// them, also for processors that cannot run it: so the namespace itself is renamed. For the same
// reason nothing else that could be shared (std:: containers, our own inline functions) is used.
// Eigen treats numbers before the first aligned address one by one, and its vectorised functions
// differ from the plain ones in the last bits. So that the same input gives the same bytes wherever
// it lies, such functions work on an aligned copy, part by part, and small products, where Eigen
// does the same, are plain loops. Cost: products are Eigen's blocked ones; the rest is one pass.

#define ATTNGRAPH_JOIN_NAMES(a, b) a##b
#define ATTNGRAPH_JOIN(a, b) ATTNGRAPH_JOIN_NAMES(a, b)
#define Eigen ATTNGRAPH_JOIN(Eigen_of_, ATTNGRAPH_KERNELS)
#define EIGEN_DONT_PARALLELIZE

#include <Eigen/Core>
#include <cstddef>
#include <limits>

#include "attention/kernels/kernels.hpp"

namespace attngraph {
namespace {

template <typename Scalar>
using Numbers = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <typename Scalar>
using Constant = Eigen::Map<const Numbers<Scalar>>;
template <typename Scalar>
using Row = Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>>;

constexpr std::ptrdiff_t part = 512;  // numbers that stay in the nearest cache between passes

template <typename Scalar>
using AlignedRow = Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>, Eigen::AlignedMax>;

/// Calls `visit(row, first)` with aligned copies of parts of `values`, the last filled up with
/// `filler` so that no number is treated alone.
template <typename Scalar, typename Visit>
void for_each_part(const Scalar* values, std::ptrdiff_t count, Scalar filler, Visit visit) {
  alignas(64) Scalar copy[part];
  constexpr std::ptrdiff_t packet = 64 / sizeof(Scalar);
  for (std::ptrdiff_t first = 0; first < count; first += part) {
    const std::ptrdiff_t length = count - first < part ? count - first : part;
    const std::ptrdiff_t filled = (length + packet - 1) / packet * packet;
    for (std::ptrdiff_t i = 0; i < length; ++i) copy[i] = values[first + i];
    for (std::ptrdiff_t i = length; i < filled; ++i) copy[i] = filler;
    visit(AlignedRow<Scalar>(copy, filled), first, length);
  }
}

/// Eigen multiplies matrices smaller than this number by number.
bool is_small(std::ptrdiff_t rows, std::ptrdiff_t columns, std::ptrdiff_t inner) {
  return rows + columns + inner < 20;
}
template <typename Scalar>
using ConstantRow = Eigen::Map<const Eigen::Array<Scalar, 1, Eigen::Dynamic>>;

template <typename Scalar>
void product_transposed(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
                        std::ptrdiff_t columns, std::ptrdiff_t inner, Scalar factor) {
  if (is_small(rows, columns, inner)) {
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
      for (std::ptrdiff_t j = 0; j < columns; ++j) {
        Scalar sum = 0;
        for (std::ptrdiff_t d = 0; d < inner; ++d) sum += a[i * inner + d] * b[j * inner + d];
        c[i * columns + j] = factor * sum;
      }
    }
    return;
  }
  Eigen::Map<Numbers<Scalar>>(c, rows, columns).noalias() =
      factor * Constant<Scalar>(a, rows, inner) * Constant<Scalar>(b, columns, inner).transpose();
}

template <typename Scalar>
void product(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
             std::ptrdiff_t columns, std::ptrdiff_t inner) {
  if (is_small(rows, columns, inner)) {
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
      for (std::ptrdiff_t j = 0; j < columns; ++j) {
        Scalar sum = 0;
        for (std::ptrdiff_t d = 0; d < inner; ++d) sum += a[i * inner + d] * b[d * columns + j];
        c[i * columns + j] = sum;
      }
    }
    return;
  }
  Eigen::Map<Numbers<Scalar>>(c, rows, columns).noalias() =
      Constant<Scalar>(a, rows, inner) * Constant<Scalar>(b, inner, columns);
}

template <typename Scalar>
Scalar maximum(const Scalar* values, std::ptrdiff_t count) {
  return ConstantRow<Scalar>(values, count).template maxCoeff<Eigen::PropagateNaN>();
}

template <typename Scalar>
double exponentials(Scalar* values, std::ptrdiff_t count, Scalar shift) {
  double sum = 0;
  constexpr Scalar vanishing = -std::numeric_limits<Scalar>::infinity();
  for_each_part(values, count, vanishing,
                [&](AlignedRow<Scalar> row, std::ptrdiff_t first, std::ptrdiff_t length) {
                  row = (row - shift).exp();
                  row = (row < std::numeric_limits<Scalar>::min()).select(Scalar(0), row);
                  sum += row.template cast<double>().sum();
                  for (std::ptrdiff_t i = 0; i < length; ++i) values[first + i] = row[i];
                });
  return sum;
}

template <typename Scalar>
void scale(Scalar* values, std::ptrdiff_t count, double factor) {
  Row<Scalar> row(values, count);
  row = (row.template cast<double>() * factor).template cast<Scalar>();
}

double entropy(const double* weights, std::ptrdiff_t count) {
  double sum = 0;
  for_each_part(weights, count, 0.0, [&](AlignedRow<double> row, std::ptrdiff_t, std::ptrdiff_t) {
    // A zero times the logarithm of the smallest number is zero, where 0 log 0 would
    // be NaN.
    sum -= (row * row.max(std::numeric_limits<double>::min()).log()).sum();
  });
  return sum;
}

template <typename Scalar>
constexpr ScalarKernels<Scalar> table{product_transposed<Scalar>, product<Scalar>, maximum<Scalar>,
                                      exponentials<Scalar>, scale<Scalar>};

}  // namespace

extern const Kernels ATTNGRAPH_KERNELS;
const Kernels ATTNGRAPH_KERNELS{table<float>, table<double>, entropy};

}  // namespace attngraph
