// Persistent homology by GUDHI; the only file that knows it.
//
// Two things make the complex small before it is built, and change no bar. From the enclosing
// radius on, the smallest distance within which some token has all others, everything is a cone
// over that token and no loop is left, so longer edges are not needed. And edges that are dominated
// are collapsed (Boissonnat and Pritam 2020; Glisse and Pritam 2022): triangles grow with the cube
// of those that stay.

#include "metrics/topology/loop_bars.hpp"

// Attention joins nearly all pairs: a table of distances is faster than lists of neighbours.
#define GUDHI_COLLAPSE_USE_DENSE_ARRAY
#include <gudhi/Flag_complex_edge_collapser.h>
#include <gudhi/Persistent_cohomology.h>
#include <gudhi/Simplex_tree.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <tuple>

#include "attention/attention.hpp"
#include "attention/token_weights.hpp"
#include "core/memory_need.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {
namespace {

using Complex = Gudhi::Simplex_tree<>;
using Field = Gudhi::persistent_cohomology::Field_Zp;
using Cohomology = Gudhi::persistent_cohomology::Persistent_cohomology<Complex, Field>;
using Edges = std::vector<std::tuple<int, int, double>>;

/// Of the complex and its cohomology, measured.
constexpr std::size_t bytes_per_simplex = 64;

Matrix distances_of(const Matrix& weights) {
  Matrix distances = (1 - weights.cwiseMax(weights.transpose()).array()).cwiseMax(0.0);
  distances.diagonal().setZero();
  return distances;
}

Edges edges_of(const Matrix& distances) {
  const double enclosing = distances.rowwise().maxCoeff().minCoeff();
  Edges edges;
  for (Index i = 0; i < distances.rows(); ++i) {
    for (Index j = i + 1; j < distances.cols(); ++j) {
      if (distances(i, j) > enclosing) continue;
      edges.emplace_back(static_cast<int>(i), static_cast<int>(j), distances(i, j));
    }
  }
  return edges;
}

/// Triples of tokens that all pairs of edges join.
std::size_t triangle_count(Index tokens, const Edges& edges) {
  std::vector<std::vector<std::uint64_t>> joined(
      static_cast<std::size_t>(tokens),
      std::vector<std::uint64_t>(static_cast<std::size_t>(tokens + 63) / 64));
  for (const auto& [one, other, distance] : edges) {
    joined[one][other / 64] |= std::uint64_t{1} << (other % 64);
    joined[other][one / 64] |= std::uint64_t{1} << (one % 64);
  }
  std::size_t corners = 0;
  for (const auto& [one, other, distance] : edges) {
    for (std::size_t word = 0; word < joined[one].size(); ++word) {
      corners += static_cast<std::size_t>(std::popcount(joined[one][word] & joined[other][word]));
    }
  }
  return corners / 3;
}

Complex complex_of(Index tokens, const Edges& edges) {
  constexpr int triangles = 2;
  Complex complex;
  for (int token = 0; token < static_cast<int>(tokens); ++token) {
    complex.insert_simplex(std::array{token}, 0.0);
  }
  for (const auto& [one, other, distance] : edges) {
    complex.insert_simplex(std::array{one, other}, distance);
  }
  complex.expansion(triangles);
  return complex;
}

}  // namespace

std::vector<PersistenceBar> loop_bars(const Attention& attention, std::size_t l, std::size_t h) {
  const auto tokens = static_cast<Index>(attention.keys());
  const Edges edges = Gudhi::collapse::flag_complex_collapse_edges(
      edges_of(distances_of(token_weights(attention, l, h))));
  const HeldMemory held({attention.limits(),
                         {triangle_count(tokens, edges) + edges.size(), bytes_per_simplex},
                         "the triangles of one head",
                         "without $dimension 1 there are none"});
  Complex complex = complex_of(tokens, edges);
  Cohomology cohomology(complex);
  cohomology.init_coefficients(2);
  cohomology.compute_persistent_cohomology();
  std::vector<PersistenceBar> bars;
  for (const auto& [birth, death] : cohomology.intervals_in_dimension(1)) {
    if (std::isfinite(death) && death > birth) bars.push_back({1, birth, death});
  }
  std::sort(bars.begin(), bars.end(), [](const PersistenceBar& a, const PersistenceBar& b) {
    return std::tuple(a.birth, a.death) < std::tuple(b.birth, b.death);
  });
  return bars;
}

}  // namespace attngraph
