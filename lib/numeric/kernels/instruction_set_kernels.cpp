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

#include "numeric/kernels/kernels.hpp"
#include "numeric/kernels/matrix_vector.hpp"
#include "numeric/kernels/row_measures.hpp"
#include "numeric/kernels/row_scan.hpp"
#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// A register as Eigen's functions take it.
template <typename Scalar>
using Packet = typename Eigen::internal::packet_traits<Scalar>::type;
template <typename Scalar>
constexpr std::ptrdiff_t packet_size = Eigen::internal::unpacket_traits<Packet<Scalar>>::size;

/// Calls `visit(packet, out)` for all numbers, a register at a time, the last one filled up with
/// `filler`; what `visit` leaves in `out` [packet_size] takes their place if `Stored` is not const.
template <typename Scalar, typename Stored, typename Visit>
void for_each_packet(Stored* values, std::ptrdiff_t count, Scalar filler, Visit visit) {
  constexpr std::ptrdiff_t size = packet_size<Scalar>;
  const auto visit_one = [&](Stored* place) {
    const auto packet = Eigen::internal::ploadu<Packet<Scalar>>(place);
    if constexpr (std::is_const_v<Stored>) {
      visit(packet);
    } else {
      visit(packet, place);
    }
  };
  std::ptrdiff_t i = 0;
  for (; i + size <= count; i += size) visit_one(values + i);
  if (i == count) return;
  Scalar rest[size];
  for (std::ptrdiff_t j = 0; j < size; ++j) rest[j] = i + j < count ? values[i + j] : filler;
  Stored* const place = rest;
  visit_one(place);
  if constexpr (!std::is_const_v<Stored>) {
    for (std::ptrdiff_t j = 0; i + j < count; ++j) values[i + j] = rest[j];
  }
}

template <typename Scalar>
void add(const Scalar* values, std::ptrdiff_t count, double* sums) {
  for (std::ptrdiff_t i = 0; i < count; ++i) sums[i] += values[i];
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

template <typename Scalar>
Scalar maximum(const Scalar* values, std::ptrdiff_t count) {
  Register<Scalar> most = Register<Scalar>{} + values[0], strange = {};
  std::ptrdiff_t i = 0;
  for (; i + lanes<Scalar> <= count; i += lanes<Scalar>) {
    const Register<Scalar> few = load(values + i);
    most = few > most ? few : most;
    strange = few == few ? strange : few;
  }
  Scalar largest = values[0];
  const auto consider = [&](Scalar value) {
    if (value > largest || value != value) largest = value;
  };
  for (std::ptrdiff_t lane = 0; lane < lanes<Scalar>; ++lane) consider(most[lane]);
  for (std::ptrdiff_t lane = 0; lane < lanes<Scalar>; ++lane) {
    if (strange[lane] != strange[lane]) return strange[lane];
  }
  for (; i < count; ++i) {
    if (values[i] != values[i]) return values[i];
    consider(values[i]);
  }
  return largest;
}

/// Sums of as many numbers at a time as a packet holds.
template <typename Scalar>
class Sums {
 public:
  void add(const Scalar* numbers) {
    for (std::ptrdiff_t i = 0; i < chains; ++i) {
      sums_[i] += load_doubles(numbers + i * lanes<double>);
    }
  }
  double total() const {
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < chains; ++i) {
      for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) sum += sums_[i][lane];
    }
    return sum;
  }

 private:
  static constexpr std::ptrdiff_t chains = packet_size<Scalar> / lanes<double>;
  Register<double> sums_[chains] = {};
};

/// exp(values - shift); what is below the smallest normal number becomes 0.
template <typename Scalar>
Packet<Scalar> exponential(Packet<Scalar> values, Packet<Scalar> shift) {
  using namespace Eigen::internal;
  const Packet<Scalar> result = pexp(psub(values, shift));
  const auto smallest = pset1<Packet<Scalar>>(std::numeric_limits<Scalar>::min());
  return pandnot(result, pcmp_lt(result, smallest));
}

template <typename Scalar>
double exponentials(Scalar* values, std::ptrdiff_t count, Scalar shift) {
  const auto shifts = Eigen::internal::pset1<Packet<Scalar>>(shift);
  Sums<Scalar> sums;
  for_each_packet(values, count, -std::numeric_limits<Scalar>::infinity(),
                  [&](Packet<Scalar> packet, Scalar* place) {
                    const Packet<Scalar> result = exponential<Scalar>(packet, shifts);
                    Eigen::internal::pstoreu(place, result);
                    sums.add(place);
                  });
  return sums.total();
}

template <typename Scalar>
double sum_of_exponentials(const Scalar* values, std::ptrdiff_t count, Scalar shift) {
  const auto shifts = Eigen::internal::pset1<Packet<Scalar>>(shift);
  Sums<Scalar> sums;
  for_each_packet(values, count, -std::numeric_limits<Scalar>::infinity(),
                  [&](Packet<Scalar> packet) {
                    Scalar numbers[packet_size<Scalar>];
                    Eigen::internal::pstoreu(numbers, exponential<Scalar>(packet, shifts));
                    sums.add(numbers);
                  });
  return sums.total();
}

/// Whether a comparison of two registers holds for any lane.
template <typename Mask>
bool any(Mask mask) {
#if defined(__AVX512F__)
  const auto bits = reinterpret_cast<__m512i>(mask);
  return _mm512_test_epi32_mask(bits, bits) != 0;
#elif defined(__AVX__)
  return _mm256_movemask_ps(reinterpret_cast<__m256>(mask)) != 0;
#else
  auto bits = mask[0];
  for (std::size_t i = 1; i < sizeof mask / sizeof mask[0]; ++i) bits |= mask[i];
  return bits != 0;
#endif
}

template <typename Scalar>
std::ptrdiff_t first_above(const Scalar* values, std::ptrdiff_t count, Scalar bar) {
  constexpr std::ptrdiff_t size = lanes<Scalar>;
  const auto above = [&](std::ptrdiff_t i) { return load(values + i) > bar; };
  std::ptrdiff_t i = 0;
  for (; i + 4 * size <= count; i += 4 * size) {
    if (any((above(i) | above(i + size)) | (above(i + 2 * size) | above(i + 3 * size)))) break;
  }
  while (i < count && !(values[i] > bar)) ++i;
  return i;
}

std::ptrdiff_t sums_within(const double* a, const double* b, std::ptrdiff_t count, double most,
                           std::int32_t* places) {
  std::ptrdiff_t found = 0, i = 0;
  for (; i + lanes<double> <= count; i += lanes<double>) {
    const auto within = load(a + i) + load(b + i) <= most;
    if (!any(within)) continue;
    for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) {
      places[found] = static_cast<std::int32_t>(i + lane);
      found -= within[lane];
    }
  }
  for (; i < count; ++i) {
    if (a[i] + b[i] <= most) places[found++] = static_cast<std::int32_t>(i);
  }
  return found;
}

template <typename Scalar>
void scale(Scalar* values, std::ptrdiff_t count, double factor) {
  Eigen::Map<Eigen::Array<Scalar, 1, Eigen::Dynamic>> row(values, count);
  row = (row.template cast<double>() * factor).template cast<Scalar>();
}

double entropy(const double* weights, std::ptrdiff_t count) {
  using namespace Eigen::internal;
  // A zero times the logarithm of the smallest number is zero, where 0 log 0 would be NaN.
  const auto smallest = pset1<Packet<double>>(std::numeric_limits<double>::min());
  auto sum = pset1<Packet<double>>(0.0);
  for_each_packet(weights, count, 0.0,
                  [&](Packet<double> w) { sum = padd(sum, pmul(w, plog(pmax(w, smallest)))); });
  return -predux(sum);
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
                                      .first_above = first_above<Scalar>,
                                      .scale = scale<Scalar>};

}  // namespace

extern const Kernels ATTNGRAPH_KERNELS;
const Kernels ATTNGRAPH_KERNELS{.f32 = table<float>,
                                .f64 = table<double>,
                                .f32_rows = {row_facts<float>, row_scan<float>},
                                .f64_rows = {row_facts<double>, row_scan<double>},
                                .entropy = entropy,
                                .measures = row_measures,
                                .sums_within = sums_within};

}  // namespace attngraph
