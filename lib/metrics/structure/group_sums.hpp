#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "metrics/structure/mutual_weights.hpp"

namespace attngraph {

/// What joining is measured by; the same on all levels.
struct JoiningGain {
  double resolution;
  double total;

  double operator()(double between, double out, double in, double group_out,
                    double group_in) const {
    return between - resolution * (out * group_in + in * group_out) / total;
  }
  double rounding() const { return 1e-12 * total; }
};

/// The strengths of groups, by label.
struct GroupSums {
  Vector out, in;
  std::vector<std::size_t> size;

  GroupSums(const MutualWeights& weights, const std::vector<std::int32_t>& label)
      : out(Vector::Zero(weights.out.size())),
        in(Vector::Zero(weights.out.size())),
        size(weights.nodes(), 0) {
    for (std::size_t v = 0; v < label.size(); ++v) add(weights, v, label[v], 1);
  }

  void add(const MutualWeights& weights, std::size_t node, std::int32_t label, int sign) {
    const auto v = static_cast<Index>(node);
    out[label] += sign * weights.out[v];
    in[label] += sign * weights.in[v];
    size[static_cast<std::size_t>(label)] += static_cast<std::size_t>(sign);
    // Nothing is left of rounding where nobody is.
    if (size[static_cast<std::size_t>(label)] == 0) out[label] = in[label] = 0;
  }
};

/// What goes between one node and each group.
class WeightsToGroups {
 public:
  explicit WeightsToGroups(std::size_t groups) : weight_(groups, 0), met_(groups, 0) {}

  /// @param counts whether another node is to be counted
  template <typename Counts>
  void collect(const MutualWeights& weights, std::size_t node,
               const std::vector<std::int32_t>& label, const Counts& counts) {
    for (const std::int32_t group : groups_) {
      weight_[static_cast<std::size_t>(group)] = 0;
      met_[static_cast<std::size_t>(group)] = 0;
    }
    groups_.clear();
    weights.for_each_other(node, [&](std::size_t other, double weight) {
      if (weight == 0 || !counts(other)) return;
      const auto group = static_cast<std::size_t>(label[other]);
      if (!met_[group]) groups_.push_back(label[other]);
      met_[group] = 1;
      weight_[group] += weight;
    });
  }

  const std::vector<std::int32_t>& groups() const { return groups_; }
  double operator[](std::int32_t group) const { return weight_[static_cast<std::size_t>(group)]; }

 private:
  std::vector<double> weight_;
  std::vector<char> met_;
  std::vector<std::int32_t> groups_;
};

}  // namespace attngraph
