// Rows are judged as sparsify judges them, each by itself: O(n log n) for a row where a number of
// the largest is asked for, else O(n).
#include "graph/counted_edges.hpp"

#include <span>
#include <vector>

#include "attention/attention.hpp"
#include "attention/edges/edge_heads.hpp"
#include "attention/edges/visible_keys.hpp"
#include "graph/graph.hpp"

namespace attngraph {
namespace {

/// Judges rows of one head and collects what counts.
class Counted {
 public:
  Counted(const Attention& attention, std::size_t l, std::size_t h, const RowCriteria& rule,
          Direction direction)
      : rule_(rule), direction_(direction), visible_(attention, l, h, rule) {
    if (sides_of(attention) == Sides::cross) {
      first_key_node_ = attention.queries();
    } else {
      first_query_node_ = attention.keys() - attention.queries();
    }
    found_.nodes = first_key_node_ + attention.keys();
  }

  /// @param key_of gives the key of a weight by its place in the row
  template <typename KeyOf>
  void judge(std::size_t query, std::span<const double> row, const KeyOf& key_of) {
    keep_.assign(row.size(), 1);
    apply_criteria(row, visible_.of(query), rule_, keep_);
    const std::size_t node = first_query_node_ + query;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!keep_[i]) continue;
      const std::size_t key = first_key_node_ + key_of(i);
      if (key == node) continue;
      direction_ == Direction::attends ? found_.add(node, key, row[i])
                                       : found_.add(key, node, row[i]);
    }
  }

  /// What was found since the last time.
  EdgeArrays take() {
    EdgeArrays taken = std::move(found_);
    found_ = {};
    found_.nodes = taken.nodes;
    return taken;
  }

 private:
  const RowCriteria& rule_;
  Direction direction_;
  VisibleKeys visible_;
  std::size_t first_key_node_ = 0;
  std::size_t first_query_node_ = 0;
  std::vector<char> keep_;
  EdgeArrays found_;
};

}  // namespace

void for_each_counted_part(const Attention& attention, std::size_t l, std::size_t h,
                           const RowCriteria& rule, Direction direction,
                           const std::function<void(const EdgeArrays&)>& visit) {
  Counted counted(attention, l, h, rule, direction);
  if (const EdgeArrays* list = attention.edges(l, h)) {
    for_each_sparse_row(*list, [&](const SparseRow& row) {
      counted.judge(row.query, row.weights,
                    [&](std::size_t i) { return static_cast<std::size_t>(row.keys[i]); });
    });
    return visit(counted.take());
  }
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const auto row = block.weights.row(r);
      counted.judge(static_cast<std::size_t>(block.first_query + r),
                    {row.data(), static_cast<std::size_t>(row.size())},
                    [&](std::size_t i) { return static_cast<std::size_t>(block.first_key) + i; });
    }
    visit(counted.take());
  });
}

EdgeArrays counted_edges(const Attention& attention, std::size_t l, std::size_t h,
                         const RowCriteria& rule, Direction direction) {
  EdgeArrays all;
  for_each_counted_part(attention, l, h, rule, direction, [&](const EdgeArrays& part) {
    all.nodes = part.nodes;
    all.source.insert(all.source.end(), part.source.begin(), part.source.end());
    all.target.insert(all.target.end(), part.target.begin(), part.target.end());
    all.weight.insert(all.weight.end(), part.weight.begin(), part.weight.end());
  });
  return all;
}

}  // namespace attngraph
