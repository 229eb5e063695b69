// A maximum spanning tree from a stream of edges.
//
// An edge changes the tree only where it is stronger than the weakest edge on the tree's way
// between its ends. That is found for all edges of one node by one pass over the tree from its root
// outwards; the few that pass wait, and as soon as there are as many as nodes, Kruskal's algorithm
// makes a new tree of them and the old one's edges. The weights of the tree are the same whatever
// the order, as those of every maximum spanning tree are.
//
// O(nodes) memory. O(nodes) time for each call of add, and O(nodes log nodes) for each time so many
// have passed: of edges in a random order about nodes · log(nodes) pass in all, so that rows of a
// dense graph take O(nodes²). Edges that grow from row to row all pass, O(nodes² log nodes).
// Prim's algorithm needs a row and a column of the matrix at every step, in an order that nobody
// knows before; rows that are made of queries and keys come in theirs, and a column never does.

#include "metrics/topology/spanning_tree.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "metrics/roots.hpp"

namespace attngraph {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

}  // namespace

SpanningTree::SpanningTree(std::size_t nodes)
    : nodes_(nodes), place_(nodes), parent_(nodes), up_(nodes), weakest_(nodes) {
  assert(nodes > 0);
  for (std::size_t node = 1; node < nodes; ++node) {
    tree_.push_back({0, static_cast<std::int32_t>(node), 0.0});
  }
  hang_up();
}

void SpanningTree::add(std::int32_t node, std::span<const std::int32_t> others,
                       std::span<const double> weights) {
  assert(others.size() == weights.size());
  find_weakest_from(node);
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (others[i] < 0 || !(weights[i] > weakest_[others[i]])) continue;
    candidates_.push_back({node, others[i], weights[i]});
  }
  if (candidates_.size() >= nodes_) settle();
}

std::vector<double> SpanningTree::weights() {
  settle();
  std::vector<double> weights;
  for (const Edge& edge : tree_) weights.push_back(edge.weight);
  return weights;
}

void SpanningTree::settle() {
  tree_.insert(tree_.end(), candidates_.begin(), candidates_.end());
  candidates_.clear();
  std::sort(tree_.begin(), tree_.end(),
            [](const Edge& a, const Edge& b) { return a.weight > b.weight; });
  Roots roots(nodes_);
  std::erase_if(tree_, [&](const Edge& edge) { return !roots.join(edge.one, edge.other); });
  hang_up();
}

/// Finds order, places and parents of the tree, hung up at node 0.
void SpanningTree::hang_up() {
  std::vector<std::vector<std::pair<std::int32_t, double>>> neighbours(nodes_);
  for (const auto& [one, other, weight] : tree_) {
    neighbours[one].emplace_back(other, weight);
    neighbours[other].emplace_back(one, weight);
  }
  order_.assign(1, 0);
  parent_[0] = -1;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const std::int32_t node = order_[i];
    place_[node] = static_cast<std::int32_t>(i);
    for (const auto& [neighbour, weight] : neighbours[node]) {
      if (neighbour == parent_[node]) continue;
      parent_[neighbour] = node;
      up_[neighbour] = weight;
      order_.push_back(neighbour);
    }
  }
  assert(order_.size() == nodes_);
}

void SpanningTree::find_weakest_from(std::int32_t node) {
  constexpr double unknown = -1;
  std::fill(weakest_.begin(), weakest_.end(), unknown);
  double weakest = unlimited;
  for (std::int32_t at = node; at >= 0; at = parent_[at]) {
    weakest_[at] = weakest;
    weakest = std::min(weakest, up_[at]);
  }
  for (const std::int32_t at : order_) {
    if (weakest_[at] == unknown) weakest_[at] = std::min(weakest_[parent_[at]], up_[at]);
  }
}

}  // namespace attngraph
