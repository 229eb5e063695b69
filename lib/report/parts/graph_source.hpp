#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/index_list.hpp"
#include "graph/edge_arrays.hpp"
#include "report/answer/sink.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The graphs that a graph command answers about, one for each head: made from attention, or read
/// as edge lists. Each is made when it is asked for, so memory is that of one graph.
class GraphSource {
 public:
  explicit GraphSource(Attention stack);

  /// The edge lists of a dump, which must live as long as this.
  /// @param tokens a label for each node, or none
  /// @throws InputError where a node or weight is not what it must be
  /// @throws ArgumentError where there is no list of such a layer or head
  GraphSource(const Dump& dump, const IndexList& layers, const IndexList& heads,
              std::vector<std::string> tokens);

  std::size_t count() const;
  std::size_t nodes() const { return labels_.size(); }
  /// One for each node; `q:` and `k:` before those of a bipartite graph.
  const std::vector<std::string>& labels() const { return labels_; }
  /// Queries and keys are different nodes.
  bool bipartite() const { return bipartite_; }
  /// Made from attention, not read as edges.
  bool dense() const { return stack_.has_value(); }
  /// The weights are float32 or narrower.
  bool single_precision() const { return stack_ && stack_->single_precision(); }
  /// Heads have names, not numbers.
  bool fused() const { return stack_ && stack_->fused(); }

  /// Where graph i stands in its file.
  std::int64_t layer(std::size_t i) const;
  HeadLabel head(std::size_t i) const;

  /// The same for an error: `a.npy: layer 2, head 7`.
  std::string place(std::size_t i) const;

  /// The edges of graph i.
  EdgeArrays edges(std::size_t i, Direction direction, SelfLoops self_loops) const;
  /// The weights [query, key] of graph i where the source is attention and not bipartite: what
  /// needs no graph is faster on them.
  std::optional<Matrix> matrix(std::size_t i) const;
  /// The same in float32, where the file's weights are that or narrower and are taken as they are.
  std::optional<MatrixF> stored_matrix(std::size_t i) const;

  /// The columns `layer` and `head`, the latter a text where it has a name.
  std::vector<Column> head_columns() const;
  /// `rows` values of those two columns for graph i.
  Chunk head_values(std::size_t i, std::size_t rows) const;

 private:
  std::optional<Attention> stack_;
  std::vector<const EdgeList*> lists_;
  std::string file_;
  std::vector<std::string> labels_;
  bool bipartite_ = false;
};

}  // namespace attngraph
