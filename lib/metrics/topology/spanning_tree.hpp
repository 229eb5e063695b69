#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attngraph {

/// The maximum spanning tree of a graph whose edges come in any order, several between the same
/// nodes among them. Nodes that no edge joins are joined by edges of weight 0.
class SpanningTree {
 public:
  /// @param nodes at least 1
  explicit SpanningTree(std::size_t nodes);

  /// Edges between `node` and each of `others`, which may hold -1 for none, and the node itself.
  void add(std::int32_t node, std::span<const std::int32_t> others,
           std::span<const double> weights);

  /// The weights of its edges, one less than nodes, falling.
  std::vector<double> weights();

 private:
  struct Edge {
    std::int32_t one;
    std::int32_t other;
    double weight;
  };

  /// The strongest edge that joins something to the node whose edges are added; `other` is -1 where
  /// it is in the tree already.
  struct Reach {
    double weight;
    std::int32_t other;
  };

  std::size_t nodes_;
  /// The tree of all edges that are settled, and edges that may change it.
  std::vector<Edge> tree_;
  std::vector<Edge> candidates_;
  /// Of each node its place, from the root outwards; by place, that of its parent, and the edge to
  /// it.
  std::vector<std::int32_t> place_, parent_;
  std::vector<double> up_;
  std::vector<Reach> reach_;

  void settle();
  void hang_up();
};

}  // namespace attngraph
