#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace attngraph {

/// Sets of nodes that are joined one pair after the other (union-find), each known by one of them.
class Roots {
 public:
  explicit Roots(std::size_t nodes) : parent_(nodes), sets_(nodes) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }

  std::int32_t root(std::int32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  /// Whether they were apart.
  bool join(std::int32_t one, std::int32_t other) {
    one = root(one), other = root(other);
    if (one == other) return false;
    parent_[one] = other;
    --sets_;
    return true;
  }
  /// How many sets there are.
  std::size_t sets() const { return sets_; }

 private:
  std::vector<std::int32_t> parent_;
  std::size_t sets_;
};

}  // namespace attngraph
