// The kernels for one instruction set.
//
// CMake compiles this file once for each set, with its flags and with ATTNGRAPH_KERNELS naming the
// table. Eigen's templates would get the same names each time, and the linker would keep any one of
// them, also for processors that cannot run it: so the namespace itself is renamed. For the same
// reason nothing else that could be shared (std:: containers, our own inline functions) is used.
// Cost: products are Eigen's blocked ones; the rest is one pass over its numbers.

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
template <typename Scalar>
using ConstantRow = Eigen::Map<const Eigen::Array<Scalar, 1, Eigen::Dynamic>>;

template <typename Scalar>
void product_transposed(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
                        std::ptrdiff_t columns, std::ptrdiff_t inner, Scalar factor) {
  Eigen::Map<Numbers<Scalar>>(c, rows, columns).noalias() =
      factor * Constant<Scalar>(a, rows, inner) * Constant<Scalar>(b, columns, inner).transpose();
}

template <typename Scalar>
void product(const Scalar* a, const Scalar* b, Scalar* c, std::ptrdiff_t rows,
             std::ptrdiff_t columns, std::ptrdiff_t inner) {
  Eigen::Map<Numbers<Scalar>>(c, rows, columns).noalias() =
      Constant<Scalar>(a, rows, inner) * Constant<Scalar>(b, inner, columns);
}

template <typename Scalar>
Scalar maximum(const Scalar* values, std::ptrdiff_t count) {
  return ConstantRow<Scalar>(values, count).template maxCoeff<Eigen::PropagateNaN>();
}

template <typename Scalar>
double exponentials(Scalar* values, std::ptrdiff_t count, Scalar shift) {
  constexpr std::ptrdiff_t part = 512;  // stays in the nearest cache between the passes
  double sum = 0;
  for (std::ptrdiff_t first = 0; first < count; first += part) {
    const std::ptrdiff_t length = count - first < part ? count - first : part;
    Row<Scalar> row(values + first, length);
    row = (row - shift).exp();
    row = (row < std::numeric_limits<Scalar>::min()).select(Scalar(0), row);
    sum += row.template cast<double>().sum();
  }
  return sum;
}

template <typename Scalar>
void scale(Scalar* values, std::ptrdiff_t count, double factor) {
  Row<Scalar> row(values, count);
  row = (row.template cast<double>() * factor).template cast<Scalar>();
}

double entropy(const double* weights, std::ptrdiff_t count) {
  const ConstantRow<double> row(weights, count);
  // A zero times the logarithm of the smallest number is zero, where 0 log 0 would be NaN.
  return -(row * row.max(std::numeric_limits<double>::min()).log()).sum();
}

template <typename Scalar>
constexpr ScalarKernels<Scalar> table{product_transposed<Scalar>, product<Scalar>, maximum<Scalar>,
                                      exponentials<Scalar>, scale<Scalar>};

}  // namespace

extern const Kernels ATTNGRAPH_KERNELS;
const Kernels ATTNGRAPH_KERNELS{table<float>, table<double>, entropy};

}  // namespace attngraph
