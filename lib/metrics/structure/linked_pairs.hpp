#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tensor/compressed_rows.hpp"
#include "tensor/edge_arrays.hpp"

namespace attngraph {

/// Every node with those that it shares an edge with, in both directions at once, by compressed
/// rows: place i of node v is another node and the weights from v to it and back, one of which may
/// be 0. Others ascend, and each stands once.
struct LinkedPairs {
  std::vector<std::size_t> first = {0};
  std::vector<std::int32_t> other;
  std::vector<double> there;
  std::vector<double> back;

  std::size_t nodes() const { return first.size() - 1; }
};

/// The pairs of edges, without self-loops and what weighs nothing; edges that stand twice add up.
LinkedPairs linked_pairs(const EdgeArrays& edges);

/// The edges of pairs that lead from each node.
CompressedRows leaving(const LinkedPairs& pairs);

}  // namespace attngraph
