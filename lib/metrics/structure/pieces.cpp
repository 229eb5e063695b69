#include "metrics/structure/pieces.hpp"

#include <algorithm>

#include "graph/strong_components.hpp"

namespace attngraph {
namespace {

/// Edges between a node and the other of a pair: 1 or 2.
std::int32_t edges_between(const LinkedPairs& pairs, std::size_t place) {
  return (pairs.there[place] > 0 ? 1 : 0) + (pairs.back[place] > 0 ? 1 : 0);
}

std::vector<std::int32_t> edge_counts(const LinkedPairs& pairs) {
  std::vector<std::int32_t> counts(pairs.nodes(), 0);
  for (std::size_t v = 0; v < pairs.nodes(); ++v) {
    for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
      counts[v] += edges_between(pairs, i);
    }
  }
  return counts;
}

}  // namespace

NodeGroups weak_pieces(const LinkedPairs& pairs) {
  std::vector<std::int32_t> label(pairs.nodes(), -1);
  std::vector<std::size_t> open;
  for (std::size_t root = 0; root < pairs.nodes(); ++root) {
    if (label[root] >= 0) continue;
    label[root] = static_cast<std::int32_t>(root);
    open.push_back(root);
    while (!open.empty()) {
      const std::size_t v = open.back();
      open.pop_back();
      for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
        const auto u = static_cast<std::size_t>(pairs.other[i]);
        if (label[u] >= 0) continue;
        label[u] = label[root];
        open.push_back(u);
      }
    }
  }
  return numbered(label);
}

NodeGroups strong_pieces(const LinkedPairs& pairs) {
  return numbered(strong_components(leaving(pairs)).of_node);
}

std::vector<std::int32_t> core_numbers(const LinkedPairs& pairs) {
  std::vector<std::int32_t> left = edge_counts(pairs);
  std::vector<std::vector<std::int32_t>> having(1);
  const auto put = [&](std::size_t v) {
    const auto count = static_cast<std::size_t>(left[v]);
    if (count >= having.size()) having.resize(count + 1);
    having[count].push_back(static_cast<std::int32_t>(v));
  };
  for (std::size_t v = 0; v < pairs.nodes(); ++v) put(v);
  std::vector<std::int32_t> core(pairs.nodes(), -1);
  for (std::size_t k = 0; k < having.size(); ++k) {
    while (!having[k].empty()) {
      const auto v = static_cast<std::size_t>(having[k].back());
      having[k].pop_back();
      // A node stands once for every number of edges that it had left.
      if (core[v] >= 0) continue;
      core[v] = static_cast<std::int32_t>(k);
      for (std::size_t i = pairs.first[v]; i < pairs.first[v + 1]; ++i) {
        const auto u = static_cast<std::size_t>(pairs.other[i]);
        if (core[u] >= 0 || left[u] <= static_cast<std::int32_t>(k)) continue;
        left[u] = std::max(left[u] - edges_between(pairs, i), static_cast<std::int32_t>(k));
        put(u);
      }
    }
  }
  return core;
}

}  // namespace attngraph
