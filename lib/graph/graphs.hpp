#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/index_list.hpp"
#include "graph/graph.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The graphs of an input, one for each head of its attention or for each of its edge lists. Each
/// is made when it is asked for, so memory is that of one graph.
class Graphs {
 public:
  explicit Graphs(Attention attention);

  /// The edge lists of a dump, which must live as long as this.
  /// @param tokens a label for each node, or none
  /// @throws InputError where a node or weight is not what it must be
  /// @throws ArgumentError where there is no list of such a layer or head
  Graphs(const Dump& dump, const IndexList& layers, const IndexList& heads,
         std::vector<std::string> tokens);

  std::size_t count() const;
  std::size_t nodes() const { return labels_.size(); }
  /// One for each node; `q:` and `k:` before those of a bipartite graph.
  const std::vector<std::string>& labels() const { return labels_; }
  /// Made from attention, not read as edges.
  bool dense() const { return attention_.has_value(); }
  /// The weights are float32 or narrower.
  bool single_precision() const { return attention_ && attention_->single_precision(); }
  /// Heads have names, not numbers.
  bool fused() const { return attention_ && attention_->fused(); }

  /// Where graph i stands in its file.
  std::int64_t layer(std::size_t i) const;
  HeadLabel head(std::size_t i) const;

  /// The same for an error: `a.npy: layer 2, head 7`.
  std::string place(std::size_t i) const;

  /// Graph i; this must live as long as it does.
  Graph graph(std::size_t i, EdgeRules rules) const;

 private:
  std::optional<Attention> attention_;
  std::vector<const EdgeList*> lists_;
  std::string file_;
  std::vector<std::string> labels_;
};

}  // namespace attngraph
