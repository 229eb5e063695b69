// A maximum spanning tree from a stream of edges.
//
// Of the edges of one node only those matter that are in the spanning tree of them and the tree of
// the edges before. One pass over that tree, from its leaves to its root, tells which (Chin and
// Houck 1978): what joins a branch to the node is an edge of its own or the tree's edge above it,
// of which the stronger is taken and the weaker offered to the branch above. Edges that are taken
// wait, and as soon as there are as many as nodes, Kruskal's algorithm makes a new tree of them and
// the old one's edges. An edge that is not taken is the weakest of some cycle, whatever comes
// later. The weights of the tree are the same whatever the order, as those of every maximum
// spanning tree are.
//
// O(nodes) memory. O(nodes) time for each call of add, and O(nodes log nodes) for each time so many
// edges are taken: of a head's rows a few each, so that they take O(nodes²). At worst, where every
// edge is stronger than those before, O(nodes² log nodes). Prim's algorithm needs a row and a
// column of the matrix at every step, in an order that nobody knows before; rows that are made of
// queries and keys come in theirs, and a column never does.

#include "metrics/topology/spanning_tree.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "metrics/roots.hpp"

namespace attngraph {

SpanningTree::SpanningTree(std::size_t nodes)
    : nodes_(nodes), place_(nodes), parent_(nodes), up_(nodes), reach_(nodes) {
  assert(nodes > 0);
  for (std::size_t node = 1; node < nodes; ++node) {
    tree_.push_back({0, static_cast<std::int32_t>(node), 0.0});
  }
  hang_up();
}

void SpanningTree::add(std::int32_t node, std::span<const std::int32_t> others,
                       std::span<const double> weights) {
  assert(others.size() == weights.size());
  constexpr double none = -1, always = std::numeric_limits<double>::infinity();
  std::fill(reach_.begin(), reach_.end(), Reach{none, -1});
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (others[i] < 0) continue;
    Reach& reach = reach_[place_[others[i]]];
    if (weights[i] > reach.weight) reach = {weights[i], others[i]};
  }
  reach_[place_[node]] = {always, -1};
  const auto take = [&](const Reach& reach) {
    if (reach.other >= 0) candidates_.push_back({node, reach.other, reach.weight});
  };
  for (std::size_t place = nodes_ - 1; place > 0; --place) {
    Reach offered = reach_[place];
    if (offered.weight > up_[place]) {
      take(offered);
      offered = {up_[place], -1};
    }
    Reach& above = reach_[parent_[place]];
    if (offered.weight > above.weight) above = offered;
  }
  take(reach_.front());
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

/// Finds places and parents of the tree, hung up at node 0.
void SpanningTree::hang_up() {
  std::vector<std::vector<std::pair<std::int32_t, double>>> neighbours(nodes_);
  for (const auto& [one, other, weight] : tree_) {
    neighbours[one].emplace_back(other, weight);
    neighbours[other].emplace_back(one, weight);
  }
  std::vector<std::int32_t> order{0};
  std::fill(place_.begin(), place_.end(), -1);
  place_[0] = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const auto& [neighbour, weight] : neighbours[order[i]]) {
      if (place_[neighbour] >= 0) continue;
      place_[neighbour] = static_cast<std::int32_t>(order.size());
      parent_[order.size()] = static_cast<std::int32_t>(i);
      up_[order.size()] = weight;
      order.push_back(neighbour);
    }
  }
  assert(order.size() == nodes_);
}

}  // namespace attngraph
