#pragma once

#include <numeric>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// The parts into which edges join nodes, found as edges come: union-find with halved paths.
class ConnectedParts {
 public:
  explicit ConnectedParts(Index nodes) : above_(static_cast<std::size_t>(nodes)), count_(nodes) {
    std::iota(above_.begin(), above_.end(), Index{0});
  }

  void join(Index a, Index b) {
    a = top(a);
    b = top(b);
    if (a == b) return;
    above_[static_cast<std::size_t>(a > b ? a : b)] = a > b ? b : a;
    --count_;
  }

  Index count() const { return count_; }

  /// The first node of the part that a node is in.
  Index top(Index node) {
    for (;;) {
      Index& above = above_[static_cast<std::size_t>(node)];
      if (above == node) return node;
      above = above_[static_cast<std::size_t>(above)];
      node = above;
    }
  }

 private:
  std::vector<Index> above_;
  Index count_;
};

}  // namespace attngraph
