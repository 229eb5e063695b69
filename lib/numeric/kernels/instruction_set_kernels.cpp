// The kernels for one instruction set.
//
// CMake compiles this file once for each set, with its flags and with ATTNGRAPH_KERNELS naming the
// table. Eigen's templates would get the same names each time, and the linker would keep any one of
// them, also for processors that cannot run it: so the namespace itself is renamed. For the same
// reason nothing else that could be shared (std:: containers, our own inline functions) is used.
// Eigen's functions differ from the plain ones in the last bits. So that the same input gives the
// same bytes wherever it lies, they are called on whole registers loaded from any address, the last
// of them filled up, and never number by number. Cost: one pass; products see tile_product.hpp.

#define ATTNGRAPH_JOIN_NAMES(a, b) a##b
#define ATTNGRAPH_JOIN(a, b) ATTNGRAPH_JOIN_NAMES(a, b)
#define Eigen ATTNGRAPH_JOIN(Eigen_of_, ATTNGRAPH_KERNELS)
#define EIGEN_DONT_PARALLELIZE

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "numeric/kernels/exponential.hpp"
#include "numeric/kernels/kernels.hpp"
#include "numeric/kernels/matrix_vector.hpp"
#include "numeric/kernels/places.hpp"
#include "numeric/kernels/row_measures.hpp"
#include "numeric/kernels/row_scan.hpp"
#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// A register as Eigen's functions take it.
template <typename Scalar>
using Packet = typename Eigen::internal::packet_traits<Scalar>::type;

/// Calls `visit(numbers, place)` for all numbers, a register at a time, the last one filled up with
/// `filler`; what `visit` leaves at `place` takes their place if `Stored` is not const.
template <typename Scalar, typename Stored, typename Visit>
void for_each_register(Stored* values, std::ptrdiff_t count, Scalar filler, Visit visit) {
  constexpr std::ptrdiff_t size = lanes<Scalar>;
  std::ptrdiff_t i = 0;
  for (; i + size <= count; i += size) visit(load(values + i), values + i);
  if (i == count) return;
  Scalar rest[size];
  for (std::ptrdiff_t j = 0; j < size; ++j) rest[j] = i + j < count ? values[i + j] : filler;
  visit(load(rest), static_cast<Stored*>(rest));
  if constexpr (!std::is_const_v<Stored>) {
    for (std::ptrdiff_t j = 0; i + j < count; ++j) values[i + j] = rest[j];
  }
}

template <typename Scalar>
void multiply(const PackedProduct<Scalar>& product) {
  packed_product<TimesPlus>(product);
}

template <typename Scalar>
void lower_by_sums(const PackedProduct<Scalar>& product) {
  packed_product<PlusMinimum>(product);
}

template <typename Scalar>
bool all_finite(const Scalar* values, std::ptrdiff_t count) {
  // A difference of a number from itself is 0, or NaN where the number is not finite.
  Register<Scalar> strange = {};
  std::ptrdiff_t i = 0;
  for (; i + lanes<Scalar> <= count; i += lanes<Scalar>) {
    const Register<Scalar> few = load(values + i);
    strange += few - few;
  }
  Scalar sum = 0;
  for (; i < count; ++i) sum += values[i] - values[i];
  for (std::ptrdiff_t lane = 0; lane < lanes<Scalar>; ++lane) sum += strange[lane];
  return sum == 0;
}

/// The larger of each two, neither of them NaN.
template <typename Scalar>
Register<Scalar> larger(Register<Scalar> a, Register<Scalar> b) {
  return reinterpret_cast<Register<Scalar>>(Eigen::internal::pmax(
      reinterpret_cast<Packet<Scalar>>(a), reinterpret_cast<Packet<Scalar>>(b)));
}

template <typename Scalar>
Scalar maximum(const Scalar* values, std::ptrdiff_t count) {
  constexpr std::ptrdiff_t size = lanes<Scalar>;
  // Two chains: none waits for the other.
  Register<Scalar> most = Register<Scalar>{} + values[0], also_most = most;
  Register<Scalar> strange = {}, also_strange = {};
  const auto consider = [](Register<Scalar> few, Register<Scalar>& top, Register<Scalar>& odd) {
    top = larger<Scalar>(few, top);
    odd = few == few ? odd : few;
  };
  std::ptrdiff_t i = 0;
  for (; i + 2 * size <= count; i += 2 * size) {
    consider(load(values + i), most, strange);
    consider(load(values + i + size), also_most, also_strange);
  }
  for (; i < count; i += size) {
    Register<Scalar> few = Register<Scalar>{} + values[i];
    for (std::ptrdiff_t j = 1; j < size && i + j < count; ++j) few[j] = values[i + j];
    consider(few, most, strange);
  }
  most = larger<Scalar>(most, also_most);
  strange = also_strange == also_strange ? strange : also_strange;
  for (std::ptrdiff_t lane = 0; lane < size && any(strange != strange); ++lane) {
    if (strange[lane] != strange[lane]) return strange[lane];
  }
  return Eigen::internal::predux_max(reinterpret_cast<Packet<Scalar>>(most));
}

/// A sum in double for each place of a register.
template <typename Scalar>
class LaneSums {
 public:
  void add(Register<Scalar> numbers) {
    widen(numbers, [&](Register<double> doubles, std::ptrdiff_t first) {
      sums_[first / lanes<double>] += doubles;
    });
  }
  double total() const {
    Register<double> sum = sums_[0];
    for (std::ptrdiff_t i = 1; i < registers; ++i) sum += sums_[i];
    return Eigen::internal::predux(reinterpret_cast<Packet<double>>(sum));
  }

 private:
  static constexpr std::ptrdiff_t registers = lanes<Scalar> / lanes<double>;
  Register<double> sums_[registers] = {};
};

/// exp(values - shift), which takes their place if `Stored` is not const. @returns the sum
template <typename Scalar, typename Stored>
double exponentials_of(Stored* values, std::ptrdiff_t count, Scalar shift) {
  constexpr std::ptrdiff_t size = lanes<Scalar>;
  const auto at = [&](Stored* place) {
    const Register<Scalar> result = exponential(load<Scalar>(place) - shift);
    if constexpr (!std::is_const_v<Stored>) store(place, result);
    return result;
  };
  LaneSums<Scalar> sums;
  std::ptrdiff_t i = 0;
  // Two roundings of a float before it is widened: less than those of the exponentials.
  for (; i + 4 * size <= count; i += 4 * size) {
    const Register<Scalar> first = at(values + i) + at(values + i + size);
    sums.add(first + (at(values + i + 2 * size) + at(values + i + 3 * size)));
  }
  for_each_register(values + i, count - i, -std::numeric_limits<Scalar>::infinity(),
                    [&](Register<Scalar>, Stored* place) { sums.add(at(place)); });
  return sums.total();
}

template <typename Scalar>
double exponentials(Scalar* values, std::ptrdiff_t count, Scalar shift) {
  return exponentials_of(values, count, shift);
}

template <typename Scalar>
double sum_of_exponentials(const Scalar* values, std::ptrdiff_t count, Scalar shift) {
  return exponentials_of(values, count, shift);
}

template <typename Scalar>
void scale(Scalar* values, std::ptrdiff_t count, double factor) {
  Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>> row(values, count);
  row = (row.template cast<double>() * factor).template cast<Scalar>();
}

double entropy(const double* weights, std::ptrdiff_t count) {
  Register<double> sum = {};
  for_each_register(weights, count, 0.0, [&](Register<double> numbers, const double*) {
    sum += times_logarithm(numbers);
  });
  return -total_of_lanes(sum);
}

template <typename Scalar>
constexpr ScalarKernels<Scalar> table{.panel_width = panel_width<Scalar>,
                                      .pack = pack<Scalar>,
                                      .multiply = multiply<Scalar>,
                                      .lower_by_sums = lower_by_sums<Scalar>,
                                      .add = add<Scalar>,
                                      .all_finite = all_finite<Scalar>,
                                      .add_rows = add_rows<Scalar>,
                                      .add_row_products = add_row_products<Scalar>,
                                      .maximum = maximum<Scalar>,
                                      .exponentials = exponentials<Scalar>,
                                      .sum_of_exponentials = sum_of_exponentials<Scalar>,
                                      .places_above = places_above<Scalar>,
                                      .scale = scale<Scalar>};

}  // namespace

extern const Kernels ATTNGRAPH_KERNELS;
const Kernels ATTNGRAPH_KERNELS{
    .f32 = table<float>,
    .f64 = table<double>,
    .f32_rows = {row_facts<float>, row_scan<float>, row_measures<float>},
    .f64_rows = {row_facts<double>, row_scan<double>, row_measures<double>},
    .entropy = entropy,
    .sums_within = sums_within,
    .excesses_from = excesses_from};

}  // namespace attngraph
