#include "metrics/structure/linked_pairs.hpp"

#include <algorithm>
#include <span>

namespace attngraph {
namespace {

struct HalfEdge {
  std::int32_t other;
  double there;
  double back;
};

/// Both ends of every edge, node by node; those of node v are first[v] … first[v + 1] - 1.
struct HalfEdges {
  std::vector<std::size_t> first;
  std::vector<HalfEdge> half;
};

bool counts(const EdgeArrays& edges, std::size_t e) {
  return edges.weight[e] > 0 && edges.source[e] != edges.target[e];
}

HalfEdges half_edges(const EdgeArrays& edges) {
  HalfEdges halves;
  halves.first.assign(edges.nodes + 1, 0);
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (!counts(edges, e)) continue;
    ++halves.first[static_cast<std::size_t>(edges.source[e]) + 1];
    ++halves.first[static_cast<std::size_t>(edges.target[e]) + 1];
  }
  for (std::size_t v = 0; v < edges.nodes; ++v) halves.first[v + 1] += halves.first[v];
  halves.half.resize(halves.first.back());
  std::vector<std::size_t> next = halves.first;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    if (!counts(edges, e)) continue;
    const std::int32_t source = edges.source[e], target = edges.target[e];
    halves.half[next[static_cast<std::size_t>(source)]++] = {target, edges.weight[e], 0};
    halves.half[next[static_cast<std::size_t>(target)]++] = {source, 0, edges.weight[e]};
  }
  return halves;
}

}  // namespace

LinkedPairs linked_pairs(const EdgeArrays& edges) {
  HalfEdges halves = half_edges(edges);
  LinkedPairs pairs;
  for (std::size_t v = 0; v < edges.nodes; ++v) {
    const std::span<HalfEdge> row(halves.half.data() + halves.first[v],
                                  halves.first[v + 1] - halves.first[v]);
    std::stable_sort(row.begin(), row.end(),
                     [](const HalfEdge& a, const HalfEdge& b) { return a.other < b.other; });
    for (const HalfEdge& half : row) {
      const bool again = pairs.other.size() > pairs.first[v] && pairs.other.back() == half.other;
      if (!again) {
        pairs.other.push_back(half.other);
        pairs.there.push_back(0);
        pairs.back.push_back(0);
      }
      pairs.there.back() += half.there;
      pairs.back.back() += half.back;
    }
    pairs.first.push_back(pairs.other.size());
  }
  return pairs;
}

CompressedRows leaving(const LinkedPairs& pairs) {
  CompressedRows rows;
  for (std::size_t v = 0; v < pairs.nodes(); ++v) {
    for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
      if (pairs.there[i] > 0) rows.target.push_back(pairs.other[i]);
    }
    rows.first.push_back(rows.target.size());
  }
  return rows;
}

}  // namespace attngraph
