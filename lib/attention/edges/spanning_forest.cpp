// Prim's algorithm on a dense graph.
//
// Each token outside the tree remembers its strongest edge into it. O(n²) time and O(n) memory,
// where sorting all pairs (Kruskal) would need several copies of the matrix. Edges are compared by
// weight, then by indices: under such a strict order the forest is the same for every algorithm.

#include "attention/edges/spanning_forest.hpp"

#include <algorithm>
#include <tuple>

namespace attngraph {
namespace {

struct Candidate {
  double weight = 0;
  Index first = 0;
  Index second = 0;
};

bool stronger(const Candidate& a, const Candidate& b) {
  return std::tuple(-a.weight, a.first, a.second) < std::tuple(-b.weight, b.first, b.second);
}

}  // namespace

std::vector<TreeEdge> maximum_spanning_forest(const Matrix& weights) {
  const Index n = weights.rows();
  std::vector<TreeEdge> forest;
  std::vector<Candidate> best(static_cast<std::size_t>(n));
  std::vector<char> joined(static_cast<std::size_t>(n), 0);
  for (Index step = 0; step < n; ++step) {
    Index next = -1;
    for (Index i = 0; i < n; ++i) {
      if (!joined[i] && (next < 0 || stronger(best[i], best[next]))) next = i;
    }
    // Without an edge into the tree it starts one of its own.
    if (best[next].weight > 0) forest.push_back({best[next].first, best[next].second});
    joined[next] = 1;
    for (Index i = 0; i < n; ++i) {
      if (joined[i]) continue;
      const Candidate edge{std::max(weights(i, next), weights(next, i)), std::min(i, next),
                           std::max(i, next)};
      if (edge.weight > 0 && stronger(edge, best[i])) best[i] = edge;
    }
  }
  return forest;
}

}  // namespace attngraph
