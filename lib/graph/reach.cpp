// Components reached, as one bit set for each strong component, last component first. An edge to a
// component that is in the set already adds nothing and is skipped, so dense graphs cost O(edges)
// and not O(edges components / 64).
#include "graph/reach.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

#include "graph/strong_components.hpp"

namespace attngraph {
namespace {

constexpr std::size_t most_components = 16384;

// Nodes sorted by component, last component first.
std::vector<std::int32_t> from_the_end(const StrongComponents& components) {
  std::vector<std::int32_t> nodes(components.of_node.size());
  std::iota(nodes.begin(), nodes.end(), 0);
  std::stable_sort(nodes.begin(), nodes.end(), [&](std::int32_t a, std::int32_t b) {
    return components.of_node[a] > components.of_node[b];
  });
  return nodes;
}

// Bit c of row b says that component b reaches component c.
std::vector<std::uint64_t> component_reach(const CompressedRows& rows,
                                           const StrongComponents& components) {
  const std::size_t words = (components.count + 63) / 64;
  std::vector<std::uint64_t> reach(components.count * words, 0);
  for (const std::int32_t v : from_the_end(components)) {
    const std::size_t own = components.of_node[v];
    std::uint64_t* bits = reach.data() + own * words;
    bits[own / 64] |= std::uint64_t{1} << (own % 64);
    for (const std::int32_t target : rows.targets(v)) {
      const std::size_t other = components.of_node[target];
      if (bits[other / 64] >> (other % 64) & 1) continue;
      const std::uint64_t* more = reach.data() + other * words;
      for (std::size_t w = 0; w < words; ++w) bits[w] |= more[w];
    }
  }
  return reach;
}

}  // namespace

std::vector<std::size_t> reachable_counts(const CompressedRows& rows) {
  const StrongComponents components = strong_components(rows);
  if (components.count > most_components) {
    return std::vector<std::size_t>(rows.nodes(), rows.nodes());
  }
  const std::vector<std::uint64_t> reach = component_reach(rows, components);
  std::vector<std::size_t> size(components.count, 0);
  for (const std::int32_t component : components.of_node) ++size[component];
  const std::size_t words = (components.count + 63) / 64;
  std::vector<std::size_t> total(components.count, 0);
  for (std::size_t b = 0; b < components.count; ++b) {
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t left = reach[b * words + w]; left != 0; left &= left - 1) {
        total[b] += size[w * 64 + std::countr_zero(left)];
      }
    }
  }
  std::vector<std::size_t> counts(rows.nodes());
  for (std::size_t v = 0; v < counts.size(); ++v) counts[v] = total[components.of_node[v]];
  return counts;
}

}  // namespace attngraph
