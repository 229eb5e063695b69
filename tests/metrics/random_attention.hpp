#pragma once

#include <cmath>
#include <random>

#include "numeric/matrix.hpp"

namespace attngraph {

/// Shapes of attention that tests draw from.
enum class Kind { dense, causal, sparse, rounded, sharp };
inline constexpr Kind all_kinds[] = {Kind::dense, Kind::causal, Kind::sparse, Kind::rounded,
                                     Kind::sharp};

/// Rows that sum to 1 or are all zeros; `rounded` ones are multiples of 1/8, so that paths tie.
inline Matrix random_attention(std::mt19937_64& random, Index n, Kind kind) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  Matrix weights(n, n);
  for (Index q = 0; q < n; ++q) {
    for (Index k = 0; k < n; ++k) {
      double w = std::exp((kind == Kind::sharp ? 12.0 : 3.0) * (uniform(random) - 0.5));
      if (kind == Kind::causal && k > q) w = 0;
      if (kind == Kind::sparse && uniform(random) < 0.7) w = 0;
      if (kind == Kind::rounded) w = std::floor(8.0 * uniform(random)) / 8.0;
      weights(q, k) = w;
    }
    const double sum = weights.row(q).sum();
    if (kind != Kind::rounded && sum > 0) weights.row(q) /= sum;
  }
  return weights;
}

/// The matrix of the deck's graph.
inline Matrix deck_matrix() {
  Matrix weights(3, 3);
  weights << .7, .2, .1, .3, .6, .1, .1, .2, .7;
  return weights;
}

/// Whether all entries agree within `tolerance`, relative to the larger of the two and `floor`.
inline bool agree(const Vector& a, const Vector& b, double tolerance, double floor = 1e-6) {
  if (a.size() != b.size() || !a.allFinite() || !b.allFinite()) return false;
  const Vector size = a.cwiseAbs().cwiseMax(b.cwiseAbs()).cwiseMax(floor);
  return ((a - b).cwiseAbs().array() <= tolerance * size.array()).all();
}

inline Vector vector_of(std::initializer_list<double> values) {
  return Eigen::Map<const Vector>(values.begin(), static_cast<Index>(values.size()));
}

}  // namespace attngraph
