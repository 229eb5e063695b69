#pragma once

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph::oracle {

/// Kruskal: all pairs, strongest first, joined unless they already hang together.
inline Matrix maximum_spanning_forest(const Matrix& weights) {
  const Index n = weights.rows();
  std::vector<std::tuple<double, Index, Index>> pairs;
  for (Index i = 0; i < n; ++i) {
    for (Index j = i + 1; j < n; ++j) {
      const double strength = std::max(weights(i, j), weights(j, i));
      if (strength > 0) pairs.emplace_back(-strength, i, j);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<Index> group(static_cast<std::size_t>(n));
  std::iota(group.begin(), group.end(), 0);
  Matrix forest = Matrix::Zero(n, n);
  for (const auto& [strength, i, j] : pairs) {
    const Index from = group[j], to = group[i];
    if (from == to) continue;
    std::replace(group.begin(), group.end(), from, to);
    forest(i, j) = weights(i, j);
    forest(j, i) = weights(j, i);
  }
  return forest;
}

}  // namespace attngraph::oracle
