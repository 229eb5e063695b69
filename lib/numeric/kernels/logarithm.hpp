// The natural logarithm of a register of doubles; only for instruction_set_kernels.cpp.
//
// Most of an entropy is this function. A library's must answer for every number, and divides; here
// all are normal numbers above 0. With w = 2^e m, 1 <= m < 2, the first four bits of m choose a c
// near 1 / m, and with r = m c - 1, |r| <= 1/16, log w = e log 2 - log c + log(1 + r). At both ends
// of m the c is a power of two, so that next to 1 nothing but log(1 + r) is left and keeps its
// digits. The polynomial's relative error is 2e-17, that of the result 5e-15. Cost: two looks into
// a table and a polynomial of degree 10.

#pragma once

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

#include <cstddef>
#include <cstdint>

#include "numeric/kernels/tile_product.hpp"

namespace attngraph {
namespace {

/// c and -log c for the first four bits of m.
alignas(64) constexpr double reciprocals[16] = {
    512. / 512, 468. / 512, 443. / 512, 420. / 512, 400. / 512, 381. / 512, 364. / 512, 349. / 512,
    334. / 512, 321. / 512, 309. / 512, 298. / 512, 287. / 512, 278. / 512, 269. / 512, 256. / 512};
alignas(64) constexpr double reciprocal_logarithms[16] = {0x0.0p+0,
                                                          0x1.700d30aeac0e1p-4,
                                                          0x1.28753bc11aba5p-3,
                                                          0x1.95a5adcf7017fp-3,
                                                          0x1.f991c6cb3b379p-3,
                                                          0x1.2e9e2bce12286p-2,
                                                          0x1.5d5bddf595f30p-2,
                                                          0x1.8873658327ccfp-2,
                                                          0x1.b56fa04462909p-2,
                                                          0x1.de16b56ef90f0p-2,
                                                          0x1.028d2d6a963f4p-1,
                                                          0x1.151c3f6f29612p-1,
                                                          0x1.285e0842ca384p-1,
                                                          0x1.38ae2171976e7p-1,
                                                          0x1.4987ace0dabb0p-1,
                                                          0x1.62e42fefa39efp-1};

/// What a number w = 2^e m is put together from.
struct LogarithmParts {
  Register<double> e;
  Register<double> m;
  Register<double> c;
  Register<double> minus_log_c;
};

inline LogarithmParts logarithm_parts(Register<double> w) {
#if defined(__AVX512F__)
  const __m512i place = _mm512_srli_epi64(_mm512_castpd_si512(w), 48);  // its last four bits count
  const auto look_up = [&](const double* table) {
    return _mm512_permutex2var_pd(_mm512_load_pd(table), place, _mm512_load_pd(table + 8));
  };
  return {_mm512_getexp_pd(w), _mm512_getmant_pd(w, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src),
          look_up(reciprocals), look_up(reciprocal_logarithms)};
#else
  typedef std::uint64_t Bits __attribute__((vector_size(register_bytes)));
  constexpr double whole = 0x1p52;  // what is put into its last bits is added to it
  const auto bits = reinterpret_cast<Bits>(w);
  const Bits exponent = (bits >> 52) | 0x4330000000000000;
  LogarithmParts parts;
  parts.e = reinterpret_cast<Register<double> >(exponent) - (whole + 1023);
  parts.m = reinterpret_cast<Register<double> >((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  const Bits place = (bits >> 48) & 15;
  for (std::ptrdiff_t lane = 0; lane < lanes<double>; ++lane) {
    parts.c[lane] = reciprocals[place[lane]];
    parts.minus_log_c[lane] = reciprocal_logarithms[place[lane]];
  }
  return parts;
#endif
}

/// log(w) of normal numbers above 0.
inline Register<double> logarithm(Register<double> w) {
  const auto [e, m, c, minus_log_c] = logarithm_parts(w);
  const Register<double> r = m * c - 1.0;
  Register<double> tail = -0.088437987998087995 * r + 0.11081912861679763;
  tail = tail * r + -0.12501839998216406;
  tail = tail * r + 0.14285791380277270;
  tail = tail * r + -0.16666665870721807;
  tail = tail * r + 0.19999999953286741;
  tail = tail * r + -0.25000000000093172;
  tail = tail * r + 0.33333333333340288;
  tail = tail * r + -0.49999999999999997;
  return (e * 0x1.62e42fefa39efp-1 + minus_log_c) + (tail * (r * r) + r);
}

}  // namespace
}  // namespace attngraph
