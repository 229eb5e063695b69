#include "metrics/structure/mutual_weights.hpp"

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

}  // namespace attngraph
