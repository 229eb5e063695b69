// Halves (IEEE 754 binary16) turned into float or double.
//
// Eight at a time by F16C where the processor has it: one instruction in place of the ten that
// half_to_float takes. Everywhere else the loop of half_to_float, which the compiler turns into
// vector instructions of the baseline. Both give the same bits, but for the quiet bit of a NaN.

#include "tensor/convert_halves.hpp"

#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "core/half.hpp"
#include "core/instruction_set.hpp"

namespace attngraph {
namespace {

template <typename Out>
void convert_one_by_one(const std::byte* halves, std::size_t count, Out* out) {
  for (std::size_t i = 0; i < count; ++i) {
    std::uint16_t bits;
    std::memcpy(&bits, halves + i * sizeof bits, sizeof bits);
    out[i] = half_to_float(bits);
  }
}

#if defined(__x86_64__)

constexpr std::size_t together = 8;

__attribute__((target("avx,f16c"))) void store(__m256 numbers, float* out) {
  _mm256_storeu_ps(out, numbers);
}

__attribute__((target("avx,f16c"))) void store(__m256 numbers, double* out) {
  _mm256_storeu_pd(out, _mm256_cvtps_pd(_mm256_castps256_ps128(numbers)));
  _mm256_storeu_pd(out + together / 2, _mm256_cvtps_pd(_mm256_extractf128_ps(numbers, 1)));
}

template <typename Out>
__attribute__((target("avx,f16c"))) void convert_by_f16c(const std::byte* halves, std::size_t count,
                                                         Out* out) {
  std::size_t i = 0;
  for (; i + together <= count; i += together) {
    const void* at = halves + i * sizeof(std::uint16_t);
    store(_mm256_cvtph_ps(_mm_loadu_si128(static_cast<const __m128i*>(at))), out + i);
  }
  convert_one_by_one(halves + i * sizeof(std::uint16_t), count - i, out + i);
}

#endif

template <typename Out>
void convert_halves_to(const std::byte* halves, std::size_t count, Out* out) {
#if defined(__x86_64__)
  if (instruction_set() != InstructionSet::baseline) return convert_by_f16c(halves, count, out);
#endif
  convert_one_by_one(halves, count, out);
}

}  // namespace

void convert_halves(const std::byte* halves, std::size_t count, float* out) {
  convert_halves_to(halves, count, out);
}

void convert_halves(const std::byte* halves, std::size_t count, double* out) {
  convert_halves_to(halves, count, out);
}

}  // namespace attngraph
