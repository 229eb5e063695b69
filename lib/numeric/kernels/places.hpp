// Where numbers of a row reach a bar; only for instruction_set_kernels.cpp.
//
// Few of them do: several registers are compared together, and the lanes are looked at one by one
// where any holds. Cost: one comparison for each number, one step for each that is found.

#pragma once

#if defined(__AVX__)
#include <immintrin.h>
#endif

#include <cstddef>
#include <cstdint>

#include "numeric/kernels/kernels.hpp"
#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// The lanes for which a comparison of two registers holds, one bit each, the first lane's lowest.
template <typename Mask>
unsigned bits_of(Mask mask) {
  [[maybe_unused]] constexpr bool single = sizeof mask[0] == sizeof(float);
#if defined(__AVX512F__)
  const auto bits = reinterpret_cast<__m512i>(mask);
  if constexpr (single) return _mm512_movepi32_mask(bits);
  return _mm512_movepi64_mask(bits);
#elif defined(__AVX__)
  if constexpr (single) return _mm256_movemask_ps(reinterpret_cast<__m256>(mask));
  return _mm256_movemask_pd(reinterpret_cast<__m256d>(mask));
#else
  unsigned bits = 0;
  for (std::size_t lane = 0; lane < sizeof mask / sizeof mask[0]; ++lane) {
    bits |= (mask[lane] != 0 ? 1U : 0U) << lane;
  }
  return bits;
#endif
}

template <typename Mask>
bool any(Mask mask) {
  return bits_of(mask) != 0;
}

/// Calls `visit(place)` for the lanes for which `mask` holds, as first, first + 1 ...
template <typename Mask, typename Visit>
void for_each_lane(Mask mask, std::ptrdiff_t first, Visit visit) {
  for (unsigned bits = bits_of(mask); bits != 0; bits &= bits - 1) {
    visit(first + __builtin_ctz(bits));
  }
}

template <typename Scalar>
std::ptrdiff_t places_above(const Scalar* values, std::ptrdiff_t count, Scalar bar,
                            std::int32_t* places) {
  constexpr std::ptrdiff_t size = lanes<Scalar>, group = 4 * size;
  const auto above = [&](std::ptrdiff_t i) { return load(values + i) > bar; };
  std::ptrdiff_t found = 0, i = 0;
  const auto add = [&](std::ptrdiff_t place) {
    places[found++] = static_cast<std::int32_t>(place);
  };
  for (; i + group <= count; i += group) {
    if (!any((above(i) | above(i + size)) | (above(i + 2 * size) | above(i + 3 * size)))) continue;
    for (std::ptrdiff_t j = i; j < i + group; j += size) {
      for_each_lane(above(j), j, add);
    }
  }
  for (; i < count; ++i) {
    if (values[i] > bar) add(i);
  }
  return found;
}

std::ptrdiff_t sums_within(const double* a, const double* b, std::ptrdiff_t count,
                           const double* least_a, const double* least_b, double most,
                           std::int32_t* places) {
  std::ptrdiff_t found = 0;
  const auto add = [&](std::ptrdiff_t place) {
    places[found++] = static_cast<std::int32_t>(place);
  };
  const auto look_into = [&](std::ptrdiff_t block) {
    std::ptrdiff_t i = block * summed_block;
    const std::ptrdiff_t end = count - i < summed_block ? count : i + summed_block;
    for (; i + lanes<double> <= end; i += lanes<double>) {
      for_each_lane(load(a + i) + load(b + i) <= most, i, add);
    }
    for (; i < end; ++i) {
      if (a[i] + b[i] <= most) add(i);
    }
  };
  const std::ptrdiff_t blocks = (count + summed_block - 1) / summed_block;
  std::ptrdiff_t block = 0;
  for (; block + lanes<double> <= blocks; block += lanes<double>) {
    for_each_lane(load(least_a + block) + load(least_b + block) <= most, block, look_into);
  }
  for (; block < blocks; ++block) {
    if (least_a[block] + least_b[block] <= most) look_into(block);
  }
  return found;
}

std::ptrdiff_t excesses_from(const double* scores, const double* sums, double factor,
                             std::ptrdiff_t count, double least, std::int32_t* places) {
  constexpr std::ptrdiff_t size = lanes<double>, group = 4 * size;
  constexpr double spare = 2e-12;
  const auto highest = [&](auto score, auto sum) {
    const auto expected = sum * factor;
    return score - expected + (score + expected) * spare;
  };
  const auto reaches = [&](std::ptrdiff_t i) {
    return highest(load(scores + i), load(sums + i)) >= least;
  };
  std::ptrdiff_t found = 0, i = 0;
  const auto add = [&](std::ptrdiff_t place) {
    places[found++] = static_cast<std::int32_t>(place);
  };
  for (; i + group <= count; i += group) {
    if (!any((reaches(i) | reaches(i + size)) | (reaches(i + 2 * size) | reaches(i + 3 * size)))) {
      continue;
    }
    for (std::ptrdiff_t j = i; j < i + group; j += size) for_each_lane(reaches(j), j, add);
  }
  for (; i < count; ++i) {
    if (highest(scores[i], sums[i]) >= least) add(i);
  }
  return found;
}

}  // namespace
}  // namespace attngraph
