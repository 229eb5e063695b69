#pragma once

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "graph/distance.hpp"
#include "metrics/paths/path_metrics.hpp"

namespace attngraph {

/// Betweenness, closeness and harmonic centrality from their definitions: all distances by Floyd
/// and Warshall, paths counted by distance, every pair and every node between them.
inline PathMetrics path_metrics_by_definition(const LengthGraph& graph) {
  const auto n = static_cast<Index>(graph.edges.nodes);
  const double infinity = std::numeric_limits<double>::infinity();
  Matrix length = Matrix::Constant(n, n, infinity);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    length(graph.edges.source[i], graph.edges.target[i]) = graph.edges.weight[i];
  }
  Matrix d = length;
  for (Index v = 0; v < n; ++v) d(v, v) = 0;
  for (Index m = 0; m < n; ++m) {
    for (Index u = 0; u < n; ++u) {
      for (Index v = 0; v < n; ++v) d(u, v) = std::min(d(u, v), d(u, m) + d(m, v));
    }
  }
  const auto same = [](double a, double b) { return a - b <= 1e-10 * std::max(a, b); };
  Matrix paths = Matrix::Zero(n, n);
  std::vector<Index> order(static_cast<std::size_t>(n));
  for (Index s = 0; s < n; ++s) {
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](Index a, Index b) { return d(s, a) < d(s, b); });
    paths(s, s) = 1;
    for (const Index v : order) {
      if (v == s || d(s, v) == infinity) continue;
      for (Index u = 0; u < n; ++u) {
        if (length(u, v) < infinity && same(d(s, u) + length(u, v), d(s, v))) {
          paths(s, v) += paths(s, u);
        }
      }
    }
  }
  PathMetrics result{Vector::Zero(n), Vector::Zero(n), Vector::Zero(n)};
  for (Index v = 0; v < n; ++v) {
    double sum = 0;
    double reaching = 0;
    for (Index u = 0; u < n; ++u) {
      if (u == v || d(u, v) == infinity) continue;
      sum += d(u, v);
      reaching += 1;
      result.harmonic[v] += 1 / d(u, v) / static_cast<double>(n - 1);
    }
    if (reaching > 0) result.closeness[v] = reaching * reaching / sum / static_cast<double>(n - 1);
    for (Index s = 0; s < n; ++s) {
      for (Index t = 0; t < n; ++t) {
        if (s == v || t == v || s == t || d(s, t) == infinity) continue;
        if (!same(d(s, v) + d(v, t), d(s, t))) continue;
        result.betweenness[v] +=
            paths(s, v) * paths(v, t) / paths(s, t) / static_cast<double>((n - 1) * (n - 2));
      }
    }
  }
  return result;
}

}  // namespace attngraph
