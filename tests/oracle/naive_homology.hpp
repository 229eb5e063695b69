#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph::oracle {

/// Bars (birth, death) longer than 0 of one dimension, 0 or 1, of the Vietoris-Rips complex: every
/// vertex, edge and triangle, and the boundary matrix modulo 2 reduced column by column. Those
/// without end are left out.
inline std::vector<std::pair<double, double>> rips_bars(const Matrix& distances,
                                                        std::size_t dimension) {
  using Simplex = std::vector<Index>;
  std::vector<std::tuple<double, std::size_t, Simplex>> simplices;
  const Index n = distances.rows();
  for (Index i = 0; i < n; ++i) {
    simplices.emplace_back(0.0, 1, Simplex{i});
    for (Index j = i + 1; j < n; ++j) {
      simplices.emplace_back(distances(i, j), 2, Simplex{i, j});
      for (Index k = j + 1; k < n; ++k) {
        const double last = std::max({distances(i, j), distances(i, k), distances(j, k)});
        simplices.emplace_back(last, 3, Simplex{i, j, k});
      }
    }
  }
  std::sort(simplices.begin(), simplices.end());
  std::map<Simplex, std::size_t> place;
  for (std::size_t s = 0; s < simplices.size(); ++s) place[std::get<2>(simplices[s])] = s;

  std::map<std::size_t, std::set<std::size_t>> column_with_last;
  std::vector<std::pair<double, double>> bars;
  for (const auto& [value, size, simplex] : simplices) {
    std::set<std::size_t> column;
    for (std::size_t leave = 0; size > 1 && leave < size; ++leave) {
      Simplex face = simplex;
      face.erase(face.begin() + static_cast<std::ptrdiff_t>(leave));
      column.insert(place.at(face));
    }
    while (!column.empty() && column_with_last.contains(*column.rbegin())) {
      for (const std::size_t row : column_with_last.at(*column.rbegin())) {
        if (!column.insert(row).second) column.erase(row);
      }
    }
    if (column.empty()) continue;
    const auto& [birth, born_size, born] = simplices[*column.rbegin()];
    if (born_size == dimension + 1 && value > birth) bars.emplace_back(birth, value);
    column_with_last[*column.rbegin()] = column;
  }
  std::sort(bars.begin(), bars.end());
  return bars;
}

}  // namespace attngraph::oracle
