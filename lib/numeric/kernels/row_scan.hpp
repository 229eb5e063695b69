// A look at numbers of a row where they lie; only for instruction_set_kernels.cpp.
//
// Everything is counted and added up in one pass, in registers, so that a file goes by as fast as
// memory gives it. Numbers are taken in stripes of 16, whatever a register holds: each place of the
// stripe has a sum of its own, and these are added up in one order. So a sum has the same bits
// wherever the numbers lie and on every processor. Numbers that are not finite are counted and
// otherwise taken for absent; the rest of a row is filled up with zeros that nobody counts. Numbers
// are loaded as bytes, because those of a file need not be aligned.

#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

#include <cstddef>
#include <cstring>

#include "numeric/kernels/kernels.hpp"
#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

constexpr std::ptrdiff_t stripe = 16;
template <typename Scalar>
constexpr int registers_of_stripe = stripe / lanes<Scalar>;

template <typename Scalar>
Register<Scalar> load_bytes(const std::byte* from) {
  Register<Scalar> value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// As many numbers as a register of doubles holds.
template <typename Scalar>
Register<double> load_doubles(const std::byte* from) {
  typedef Scalar Few __attribute__((vector_size(lanes<double> * sizeof(Scalar))));
  Few few;
  std::memcpy(&few, from, sizeof few);
  // g++ 12 converts half a register at a time unless it is told the instruction.
#if defined(__AVX512F__)
  if constexpr (sizeof(Scalar) == 4) return _mm512_cvtps_pd(reinterpret_cast<__m256>(few));
#elif defined(__AVX__)
  if constexpr (sizeof(Scalar) == 4) return _mm256_cvtps_pd(reinterpret_cast<__m128>(few));
#endif
  return __builtin_convertvector(few, Register<double>);
}

/// Calls `visit(doubles, first)` with a register of numbers as doubles: lanes first, first + 1 ...
template <typename Visit>
void widen(Register<double> numbers, Visit visit) {
  visit(numbers, 0);
}
template <typename Visit>
void widen(Register<float> numbers, Visit visit) {
#if defined(__AVX512F__)
  const auto all = reinterpret_cast<__m512>(numbers);
  visit(reinterpret_cast<Register<double>>(_mm512_cvtps_pd(_mm512_castps512_ps256(all))), 0);
  visit(reinterpret_cast<Register<double>>(_mm512_cvtps_pd(_mm512_extractf32x8_ps(all, 1))), 8);
#elif defined(__AVX__)
  const auto all = reinterpret_cast<__m256>(numbers);
  visit(reinterpret_cast<Register<double>>(_mm256_cvtps_pd(_mm256_castps256_ps128(all))), 0);
  visit(reinterpret_cast<Register<double>>(_mm256_cvtps_pd(_mm256_extractf128_ps(all, 1))), 4);
#else
  visit(Register<double>{numbers[0], numbers[1]}, 0);
  visit(Register<double>{numbers[2], numbers[3]}, 2);
#endif
}

/// A sum for each place of the stripe.
class StripeSums {
 public:
  /// Adds numbers that stand from place `first` on.
  void add(Register<double> numbers, std::ptrdiff_t first) {
    sums_[first / lanes<double>] += numbers;
  }
  double total() const {
    double places[stripe];
    std::memcpy(places, sums_, sizeof places);
    for (std::ptrdiff_t half = stripe / 2; half > 0; half /= 2) {
      for (std::ptrdiff_t i = 0; i < half; ++i) places[i] += places[i + half];
    }
    return places[0];
  }

 private:
  Register<double> sums_[stripe / lanes<double>] = {};
};

/// Has the line of the cache that lies a page behind `at` fetched. Rows of a file lie one behind
/// the other, and the processor's own guesses end with a page.
inline void fetch_ahead(const std::byte* at) {
  constexpr std::ptrdiff_t page = 4096;
  __builtin_prefetch(at + page, 0, 2);
}

/// Calls `visit(numbers, first)` for the stripes of a row, the last of them filled up with zeros.
/// @returns how many those are
template <typename Scalar, typename Visit>
std::ptrdiff_t for_each_stripe(const std::byte* numbers, std::ptrdiff_t count, Visit visit) {
  std::ptrdiff_t first = 0;
  for (; first + stripe <= count; first += stripe) {
    const std::byte* const at = numbers + first * sizeof(Scalar);
    for (std::size_t byte = 0; byte < stripe * sizeof(Scalar); byte += 64) fetch_ahead(at + byte);
    visit(at, first);
  }
  if (first == count) return 0;
  std::byte rest[stripe * sizeof(Scalar)] = {};
  std::memcpy(rest, numbers + first * sizeof(Scalar), (count - first) * sizeof(Scalar));
  visit(rest, first);
  return first + stripe - count;
}

template <typename Scalar>
RowFacts row_facts(const std::byte* numbers, std::ptrdiff_t count) {
  StripeSums sums;
  Register<Scalar> lowest = {};
  for_each_stripe<Scalar>(numbers, count, [&](const std::byte* at, std::ptrdiff_t) {
    for (int i = 0; i < registers_of_stripe<Scalar>; ++i) {
      const auto few = load_bytes<Scalar>(at + i * register_bytes);
      lowest = few < lowest ? few : lowest;
      widen(few, [&](Register<double> doubles, std::ptrdiff_t lane) {
        sums.add(doubles, i * lanes<Scalar> + lane);
      });
    }
  });
  RowFacts facts{sums.total(), 0};
  for (std::ptrdiff_t lane = 0; lane < lanes<Scalar>; ++lane) {
    facts.lowest = lowest[lane] < facts.lowest ? lowest[lane] : facts.lowest;
  }
  return facts;
}

template <typename Counts>
std::size_t total_of(Counts counts) {
  std::ptrdiff_t total = 0;
  for (std::size_t lane = 0; lane < sizeof counts / sizeof counts[0]; ++lane) total += counts[lane];
  return static_cast<std::size_t>(total);
}

template <typename Scalar>
RowScan row_scan(const std::byte* numbers, std::ptrdiff_t count, double* column_sums) {
  using Counts = decltype(Register<Scalar>{} == Register<Scalar>{});  // -1 where it is so
  StripeSums sums;
  Counts finite = {}, negative = {}, zeros = {};
  double rest[stripe] = {};
  const auto filler =
      for_each_stripe<Scalar>(numbers, count, [&](const std::byte* at, std::ptrdiff_t first) {
        double* const columns = first + stripe <= count ? column_sums + first : rest;
        for (int i = 0; i < registers_of_stripe<Scalar>; ++i) {
          const auto few = load_bytes<Scalar>(at + i * register_bytes);
          const Counts is_finite = few - few == 0;
          const Register<Scalar> kept = is_finite ? few : Register<Scalar>{};
          finite -= is_finite;
          negative -= kept < 0;
          zeros -= few == 0;
          widen(kept, [&](Register<double> doubles, std::ptrdiff_t lane) {
            sums.add(doubles, i * lanes<Scalar> + lane);
            double* const place = columns + i * lanes<Scalar> + lane;
            store(place, load(place) + doubles);
          });
        }
      });
  for (std::ptrdiff_t i = 0; i < (stripe - filler) % stripe; ++i) {
    column_sums[count - (stripe - filler) + i] += rest[i];
  }
  return {sums.total(), count + filler - total_of(finite), total_of(negative),
          total_of(zeros) - filler};
}

}  // namespace
}  // namespace attngraph
