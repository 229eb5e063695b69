// Leiden's algorithm (Traag, Waltman and van Eck 2019) for directed modularity.
//
// A node v gains S_vC - γ(out_v in_C + in_v out_C)/m by joining the nodes C, S_vC what goes between
// them in either direction: the symmetric part of the modularity matrix, which has the same Q as
// the matrix, so an algorithm for undirected graphs finds what is asked. Runs repeat (move single
// nodes, refine groups from single nodes within each, make nodes of what is refined) until nothing
// gains. O(n²) a pass on dense weights, O(edges) on sparse ones. Gains below 1e-12 of all weight
// are rounding and move nothing.
#include "metrics/structure/leiden.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <random>
#include <utility>

#include "core/stop.hpp"
#include "metrics/structure/group_sums.hpp"
#include "metrics/structure/node_groups.hpp"

namespace attngraph {
namespace {

using Labels = std::vector<std::int32_t>;

class Run {
 public:
  Run(const MutualWeights& weights, double resolution, std::uint64_t seed)
      : gain_{resolution, weights.total()},
        random_(seed),
        shuffled_(seed > 0),
        scattered_(seed % 2 == 1) {}

  /// Nodes alone, or, from every other seed, in a few groups by chance: what holds one back from
  /// the best partition seldom holds the other.
  Labels first_groups(std::size_t nodes) {
    Labels label(nodes);
    std::iota(label.begin(), label.end(), 0);
    if (!scattered_) return label;
    const std::size_t groups =
        2 + random_() % std::max<std::size_t>(1, std::min<std::size_t>(nodes / 2, 8));
    for (std::int32_t& of_node : label) of_node = static_cast<std::int32_t>(random_() % groups);
    return label;
  }

  /// Moves single nodes to the groups where they gain most, until none does.
  /// @returns whether any moved
  bool move_nodes(const MutualWeights& weights, Labels& label) {
    GroupSums sums(weights, label);
    WeightsToGroups between(weights.nodes());
    std::vector<std::int32_t> unused;
    for (std::size_t g = weights.nodes(); g-- > 0;) {
      if (sums.size[g] == 0) unused.push_back(static_cast<std::int32_t>(g));
    }
    const std::vector<std::size_t> first = order(weights.nodes());
    std::deque<std::size_t> waiting(first.begin(), first.end());
    std::vector<char> waits(weights.nodes(), 1);
    bool moved = false;
    while (!waiting.empty()) {
      check_stop();
      const std::size_t v = waiting.front();
      waiting.pop_front();
      waits[v] = 0;
      const std::int32_t from = label[v];
      between.collect(weights, v, label, [](std::size_t) { return true; });
      sums.add(weights, v, from, -1);
      const std::int32_t to = best_group(weights, v, from, sums, between, unused);
      sums.add(weights, v, to, 1);
      if (to == from) continue;
      moved = true;
      label[v] = to;
      if (!unused.empty() && unused.back() == to) unused.pop_back();
      if (sums.size[static_cast<std::size_t>(from)] == 0) unused.push_back(from);
      weights.for_each_other(v, [&](std::size_t other, double weight) {
        if (weight == 0 || waits[other] || label[other] == to) return;
        waits[other] = 1;
        waiting.push_back(other);
      });
    }
    return moved;
  }

  /// Groups of their own from single nodes within each group: a node that is well connected in its
  /// group joins where it gains most.
  Labels refined(const MutualWeights& weights, const Labels& group) {
    Labels label(weights.nodes());
    std::iota(label.begin(), label.end(), 0);
    const GroupSums whole(weights, group);
    GroupSums parts(weights, label);
    WeightsToGroups between(weights.nodes());
    std::vector<double> to_rest(weights.nodes(), 0);
    for (std::size_t v = 0; v < weights.nodes(); ++v) {
      weights.for_each_other(v, [&](std::size_t other, double weight) {
        if (group[other] == group[v]) to_rest[v] += weight;
      });
    }
    const auto well_connected = [&](std::int32_t part, std::int32_t in_group) {
      const double out = parts.out[part], in = parts.in[part];
      return gain_(to_rest[static_cast<std::size_t>(part)], out, in, whole.out[in_group] - out,
                   whole.in[in_group] - in) >= -gain_.rounding();
    };
    for (const std::size_t v : order(weights.nodes())) {
      const std::int32_t own = label[v];
      if (parts.size[static_cast<std::size_t>(own)] != 1 || !well_connected(own, group[v]))
        continue;
      between.collect(weights, v, label,
                      [&](std::size_t other) { return group[other] == group[v]; });
      std::int32_t best = own;
      double most = gain_.rounding();
      for (const std::int32_t part : between.groups()) {
        if (part == own || !well_connected(part, group[v])) continue;
        const auto node = static_cast<Index>(v);
        const double gain = gain_(between[part], weights.out[node], weights.in[node],
                                  parts.out[part], parts.in[part]);
        if (gain > most || (gain == most && part < best)) {
          best = part;
          most = gain;
        }
      }
      if (best == own) continue;
      parts.add(weights, v, own, -1);
      parts.add(weights, v, best, 1);
      label[v] = best;
      to_rest[static_cast<std::size_t>(best)] +=
          to_rest[static_cast<std::size_t>(own)] - 2 * between[best];
    }
    return label;
  }

 private:
  JoiningGain gain_;
  std::mt19937_64 random_;
  bool shuffled_;
  bool scattered_;

  /// All nodes in an order; of the same numbers on every machine.
  std::vector<std::size_t> order(std::size_t nodes) {
    std::vector<std::size_t> all(nodes);
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::size_t i = nodes; shuffled_ && i > 1; --i) {
      std::swap(all[i - 1], all[static_cast<std::size_t>(random_() % i)]);
    }
    return all;
  }

  std::int32_t best_group(const MutualWeights& weights, std::size_t v, std::int32_t from,
                          const GroupSums& sums, const WeightsToGroups& between,
                          const Labels& unused) {
    const auto node = static_cast<Index>(v);
    const auto gain = [&](std::int32_t group) {
      return gain_(between[group], weights.out[node], weights.in[node], sums.out[group],
                   sums.in[group]);
    };
    const double stays = gain(from);
    std::int32_t best = from;
    double most = stays + gain_.rounding();
    const auto consider = [&](std::int32_t group) {
      const double found = gain(group);
      const bool equal = best != from && std::abs(found - most) <= gain_.rounding();
      if (equal ? group > best : !(found > most)) return;
      best = group;
      most = std::max(most, found);
    };
    for (const std::int32_t group : between.groups()) {
      if (group != from) consider(group);
    }
    // Alone.
    if (!unused.empty() && sums.size[static_cast<std::size_t>(from)] > 0) consider(unused.back());
    return best;
  }
};

/// Goes down from single nodes to groups of groups once.
/// @returns whether anything moved
bool descend(const MutualWeights& weights, Run& run, Labels& label) {
  bool moved = run.move_nodes(weights, label);
  NodeGroups parts = numbered(run.refined(weights, label));
  std::vector<std::int32_t> part_of = parts.of_node;
  MutualWeights level;
  const MutualWeights* above = &weights;
  Labels level_label = label;
  while (parts.count < above->nodes()) {
    Labels next_label(parts.count);
    for (std::size_t v = 0; v < above->nodes(); ++v) {
      next_label[static_cast<std::size_t>(parts.of_node[v])] = level_label[v];
    }
    next_label = numbered(next_label).of_node;
    level = merged(*above, parts);
    above = &level;
    moved = run.move_nodes(level, next_label) || moved;
    level_label = std::move(next_label);
    for (std::size_t v = 0; v < label.size(); ++v) {
      label[v] = level_label[static_cast<std::size_t>(part_of[v])];
    }
    parts = numbered(run.refined(level, level_label));
    for (std::int32_t& part : part_of) part = parts.of_node[static_cast<std::size_t>(part)];
  }
  return moved;
}

}  // namespace

std::vector<std::int32_t> leiden(const MutualWeights& weights, double resolution,
                                 std::uint64_t seed) {
  Run run(weights, resolution, seed);
  Labels label = run.first_groups(weights.nodes());
  while (descend(weights, run, label)) {
  }
  return label;
}

}  // namespace attngraph
