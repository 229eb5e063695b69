#pragma once

#include <cstdint>
#include <vector>

namespace attngraph {

/// The shortest path so far that leaves the settled nodes by an edge of `node`.
struct Candidate {
  double length;
  std::int32_t node;
};

/// A binary heap, shortest candidate on top; equal lengths in the order of the nodes, so that
/// answers do not depend on the history of the heap.
class CandidateHeap {
 public:
  bool empty() const { return items_.empty(); }
  void clear() { items_.clear(); }
  const Candidate& top() const { return items_.front(); }

  void push(Candidate candidate) {
    std::size_t hole = items_.size();
    items_.push_back(candidate);
    while (hole > 0) {
      const std::size_t above = (hole - 1) / 2;
      if (!less(candidate, items_[above])) break;
      items_[hole] = items_[above];
      hole = above;
    }
    items_[hole] = candidate;
  }

  /// pop and push in one.
  void replace_top(Candidate candidate) {
    const std::size_t size = items_.size();
    std::size_t hole = 0;
    for (std::size_t below = 1; below < size; below = 2 * hole + 1) {
      if (below + 1 < size && less(items_[below + 1], items_[below])) ++below;
      if (!less(items_[below], candidate)) break;
      items_[hole] = items_[below];
      hole = below;
    }
    items_[hole] = candidate;
  }

  void pop() {
    const Candidate last = items_.back();
    items_.pop_back();
    if (!items_.empty()) replace_top(last);
  }

 private:
  std::vector<Candidate> items_;

  static bool less(const Candidate& a, const Candidate& b) {
    return a.length != b.length ? a.length < b.length : a.node < b.node;
  }
};

}  // namespace attngraph
