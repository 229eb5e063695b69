#include "metrics/structure/communities.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/parallel.hpp"
#include "metrics/structure/leiden.hpp"

namespace attngraph {
namespace {

constexpr std::size_t starts = 32;
/// Modularities that are no further apart are equal.
constexpr double rounding = 1e-12;

NodeGroups everyone_alone(std::size_t nodes) {
  NodeGroups groups{nodes, {}};
  for (std::size_t v = 0; v < nodes; ++v) groups.of_node.push_back(static_cast<std::int32_t>(v));
  return groups;
}

/// The groups of these labels. Nodes that share weight with no other gain nowhere, so they are
/// wherever a run began: they are set apart.
NodeGroups groups_of(std::vector<std::int32_t> label, const MutualWeights& weights) {
  for (std::size_t v = 0; v < label.size(); ++v) {
    const auto node = static_cast<Index>(v);
    const bool isolated = !(weights.out[node] > 0 || weights.in[node] > 0);
    if (isolated) label[v] = static_cast<std::int32_t>(label.size() + v);
  }
  return numbered(label);
}

bool better(const Communities& a, const Communities& b) {
  if (std::abs(a.modularity - b.modularity) > rounding) return a.modularity > b.modularity;
  return a.groups.of_node < b.groups.of_node;
}

}  // namespace

double modularity(const MutualWeights& weights, const NodeGroups& groups, double resolution) {
  const double total = weights.total();
  if (!(total > 0)) return 0;
  Vector out = Vector::Zero(static_cast<Index>(groups.count)), in = out;
  double inside = 0;
  for (std::size_t v = 0; v < weights.nodes(); ++v) {
    const std::int32_t group = groups.of_node[v];
    out[group] += weights.out[static_cast<Index>(v)];
    in[group] += weights.in[static_cast<Index>(v)];
    weights.for_each_other(v, [&](std::size_t other, double weight) {
      if (groups.of_node[other] == group) inside += weight / 2;
    });
  }
  const double found = (inside - resolution * out.dot(in) / total) / total;
  return std::abs(found) > rounding ? found : 0;
}

Communities communities(const MutualWeights& weights, double resolution) {
  if (!(weights.total() > 0)) return {everyone_alone(weights.nodes()), 0};
  // The last is all in one group, from which no run begins, and which none may reach.
  std::array<Communities, starts + 1> found;
  parallel_for(found.size(), [&](std::size_t start) {
    std::vector<std::int32_t> label(weights.nodes(), 0);
    if (start < starts) label = leiden(weights, resolution, start);
    found[start].groups = groups_of(std::move(label), weights);
    found[start].modularity = modularity(weights, found[start].groups, resolution);
  });
  std::size_t best = 0;
  for (std::size_t start = 1; start < found.size(); ++start) {
    if (better(found[start], found[best])) best = start;
  }
  return std::move(found[best]);
}

}  // namespace attngraph
