#include "metrics/structure/mutual_weights.hpp"

#include <vector>

namespace attngraph {

MutualWeights mutual_weights(const LinkedPairs& pairs) {
  const auto nodes = static_cast<Index>(pairs.nodes());
  MutualWeights mutual{
      {}, {pairs.first, pairs.other, {}}, Vector::Zero(nodes), Vector::Zero(nodes)};
  for (std::size_t i = 0; i < pairs.other.size(); ++i) {
    mutual.rows.weight.push_back(pairs.there[i] + pairs.back[i]);
  }
  for (Index v = 0; v < nodes; ++v) {
    const auto node = static_cast<std::size_t>(v);
    for (std::size_t i = pairs.first[node]; i < pairs.first[node + 1]; ++i) {
      mutual.out[v] += pairs.there[i];
      mutual.in[v] += pairs.back[i];
    }
  }
  return mutual;
}

MutualWeights mutual_weights(Matrix weights) {
  weights.diagonal().setZero();
  MutualWeights mutual;
  mutual.out = weights.rowwise().sum();
  mutual.in = weights.colwise().sum().transpose();
  for (Index i = 0; i < weights.rows(); ++i) {
    for (Index j = 0; j < i; ++j) {
      weights(i, j) += weights(j, i);
      weights(j, i) = weights(i, j);
    }
  }
  mutual.dense = std::move(weights);
  return mutual;
}

MutualWeights merged(const MutualWeights& weights, const NodeGroups& groups) {
  const auto count = static_cast<Index>(groups.count);
  MutualWeights made{{}, {}, Vector::Zero(count), Vector::Zero(count)};
  std::vector<std::vector<std::size_t>> members(groups.count);
  for (std::size_t v = 0; v < weights.nodes(); ++v) {
    const std::int32_t group = groups.of_node[v];
    made.out[group] += weights.out[static_cast<Index>(v)];
    made.in[group] += weights.in[static_cast<Index>(v)];
    members[static_cast<std::size_t>(group)].push_back(v);
  }
  const bool dense = weights.dense.size() > 0;
  if (dense) made.dense = Matrix::Zero(count, count);
  std::vector<double> sum(groups.count, 0);
  for (std::size_t g = 0; g < groups.count; ++g) {
    std::vector<std::int32_t> met;
    for (const std::size_t v : members[g]) {
      weights.for_each_other(v, [&](std::size_t other, double weight) {
        const std::int32_t group = groups.of_node[other];
        if (weight == 0 || static_cast<std::size_t>(group) == g) return;
        if (sum[static_cast<std::size_t>(group)] == 0) met.push_back(group);
        sum[static_cast<std::size_t>(group)] += weight;
      });
    }
    for (const std::int32_t group : met) {
      double& weight = sum[static_cast<std::size_t>(group)];
      if (dense) {
        made.dense(static_cast<Index>(g), group) = weight;
      } else {
        made.rows.target.push_back(group);
        made.rows.weight.push_back(weight);
      }
      weight = 0;
    }
    if (!dense) made.rows.first.push_back(made.rows.target.size());
  }
  return made;
}

}  // namespace attngraph
