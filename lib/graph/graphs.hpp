#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attention/attention.hpp"
#include "attention/edges/row_criteria.hpp"
#include "graph/graph.hpp"

namespace attngraph {

/// The graphs of attention, one for each head, or for each list where it is given as edges. Each is
/// made when it is asked for, so memory is that of one graph.
class Graphs {
 public:
  /// @param attention must live as long as this
  explicit Graphs(const Attention& attention);

  std::size_t count() const { return places_.size(); }
  std::size_t nodes() const { return labels_.size(); }
  /// One for each node; `q:` and `k:` before those of a bipartite graph.
  const std::vector<std::string>& labels() const { return labels_; }
  /// Made of matrices, not of lists of edges.
  bool dense() const;
  /// The weights are float32 or narrower.
  bool single_precision() const { return attention_.single_precision(); }
  /// Heads have names, not numbers.
  bool fused() const { return attention_.fused(); }

  /// Where graph i stands in its file.
  std::int64_t layer(std::size_t i) const { return attention_.layer_index(places_[i].first); }
  HeadLabel head(std::size_t i) const { return attention_.head_label(places_[i].second); }

  /// The same for an error: `a.npy: layer 2, head 7`.
  std::string place(std::size_t i) const {
    return attention_.place(places_[i].first, places_[i].second);
  }

  /// Graph i; the attention must live as long as it does.
  Graph graph(std::size_t i, EdgeRules rules) const {
    return {attention_, places_[i].first, places_[i].second, rules};
  }
  /// Its edges that count by a rule, part by part.
  void counted_parts(std::size_t i, const RowCriteria& rule, Direction direction,
                     const std::function<void(const EdgeArrays&)>& visit) const;
  /// The same of the edges alone that count by a rule, without self-loops.
  Graph counted(std::size_t i, const RowCriteria& rule, Direction direction) const;

 private:
  const Attention& attention_;
  /// Layer and head of the selection.
  std::vector<std::pair<std::size_t, std::size_t>> places_;
  std::vector<std::string> labels_;
};

}  // namespace attngraph
