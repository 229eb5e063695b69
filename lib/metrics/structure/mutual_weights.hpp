#pragma once

#include <cstddef>
#include <utility>

#include "metrics/structure/linked_pairs.hpp"
#include "metrics/structure/node_groups.hpp"
#include "numeric/matrix.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// What a directed graph without self-loops is to modularity: the weights between two nodes, both
/// directions added, and what leaves and enters each node. Dense, or by compressed rows.
struct MutualWeights {
  /// Symmetric, its diagonal 0; empty where `rows` has the weights.
  Matrix dense;
  CompressedRows rows;
  Vector out;
  Vector in;

  std::size_t nodes() const { return static_cast<std::size_t>(out.size()); }
  double total() const { return out.sum(); }

  /// Calls `visit(other, weight)` for the others of a node; a dense one visits zeros too.
  template <typename Visit>
  void for_each_other(std::size_t node, const Visit& visit) const {
    if (dense.size() > 0) {
      const double* row = dense.row(static_cast<Index>(node)).data();
      for (std::size_t u = 0; u < nodes(); ++u) visit(u, row[u]);
      return;
    }
    const auto targets = rows.targets(node);
    const auto weights = rows.weights(node);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      visit(static_cast<std::size_t>(targets[i]), weights[i]);
    }
  }
};

MutualWeights mutual_weights(const LinkedPairs& pairs);
/// @param weights [from, to], whose diagonal does not count
MutualWeights mutual_weights(Matrix weights);

/// The nodes of each group as one: what goes between groups, and what leaves and enters them.
MutualWeights merged(const MutualWeights& weights, const NodeGroups& groups);

}  // namespace attngraph
