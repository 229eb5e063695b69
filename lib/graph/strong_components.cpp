#include "graph/strong_components.hpp"

#include <algorithm>
#include <utility>

namespace attngraph {

namespace {

// Tarjan's depth-first search with its own stack: a path of 100,000 nodes would overflow that of
// the machine.
class ComponentSearch {
 public:
  explicit ComponentSearch(const CompressedRows& rows)
      : rows_(rows),
        next_edge_(rows.first.begin(), rows.first.end() - 1),
        visited_at_(rows.nodes(), -1),
        lowest_(rows.nodes()) {
    components_.of_node.assign(rows.nodes(), -1);
  }

  StrongComponents run() {
    for (std::size_t v = 0; v < rows_.nodes(); ++v) {
      if (visited_at_[v] < 0) search_from(static_cast<std::int32_t>(v));
    }
    // Tarjan finishes a component before all that lead to it.
    const auto last = static_cast<std::int32_t>(components_.count) - 1;
    for (std::int32_t& number : components_.of_node) number = last - number;
    return std::move(components_);
  }

 private:
  const CompressedRows& rows_;
  std::vector<std::size_t> next_edge_;
  std::vector<std::int32_t> visited_at_;
  std::vector<std::int32_t> lowest_;
  std::vector<std::int32_t> open_;
  std::vector<std::int32_t> path_;
  std::int32_t clock_ = 0;
  StrongComponents components_;

  void enter(std::int32_t v) {
    visited_at_[v] = lowest_[v] = clock_++;
    open_.push_back(v);
    path_.push_back(v);
  }

  void leave(std::int32_t v) {
    path_.pop_back();
    if (!path_.empty()) lowest_[path_.back()] = std::min(lowest_[path_.back()], lowest_[v]);
    if (lowest_[v] != visited_at_[v]) return;
    std::int32_t member = -1;
    do {
      member = open_.back();
      open_.pop_back();
      components_.of_node[member] = static_cast<std::int32_t>(components_.count);
    } while (member != v);
    ++components_.count;
  }

  void search_from(std::int32_t root) {
    enter(root);
    while (!path_.empty()) {
      const std::int32_t v = path_.back();
      if (next_edge_[v] == rows_.first[v + 1]) {
        leave(v);
        continue;
      }
      const std::int32_t to = rows_.target[next_edge_[v]++];
      if (visited_at_[to] < 0) {
        enter(to);
      } else if (components_.of_node[to] < 0) {
        lowest_[v] = std::min(lowest_[v], visited_at_[to]);
      }
    }
  }
};

}  // namespace

StrongComponents strong_components(const CompressedRows& rows) {
  return ComponentSearch(rows).run();
}

}  // namespace attngraph
