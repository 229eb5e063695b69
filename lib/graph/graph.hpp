#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "attention/attention.hpp"
#include "attention/edges/edge_heads.hpp"
#include "attention/row_block.hpp"
#include "graph/attention_graph.hpp"
#include "graph/distance.hpp"
#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// How weights between queries and keys become edges.
struct EdgeRules {
  Direction direction = Direction::attends;
  SelfLoops self_loops = SelfLoops::keep;
};

/// Queries are nodes of their own in cross-attention. In self-attention with fewer of them they are
/// the last tokens, and the others have no edges of theirs.
Sides sides_of(const Attention& attention);

/// A directed weighted graph. It is made of one head of attention or of edges; every other form of
/// it is made when it is first asked for, and kept. Used by one thread.
class Graph {
 public:
  /// An edge for every weight > 0 of the head, as edge_arrays makes them, or those it is given as.
  /// @param attention must live as long as the graph
  Graph(const Attention& attention, std::size_t layer, std::size_t head, EdgeRules rules = {});
  /// The same of weights [query, key].
  explicit Graph(Matrix weights, EdgeRules rules = {});
  /// Edges from queries to keys; those that weigh nothing are left out.
  explicit Graph(const EdgeArrays& edges, EdgeRules rules = {});

  std::size_t nodes() const { return nodes_; }
  Direction direction() const { return rules_.direction; }
  SelfLoops self_loops() const { return rules_.self_loops; }
  /// Nodes that are keys, the last ones: all of them, or those that are no queries.
  std::size_t keys() const { return nodes_ - static_cast<std::size_t>(first_key_); }
  bool bipartite() const { return first_key_ > 0; }
  /// It is of attention in which no token sees a later one.
  bool causal() const;
  /// How many keys a query may see; nothing where attention is not causal.
  std::optional<std::size_t> keys_before(std::size_t query) const;

  /// Queries and keys are the same nodes, and their weights a matrix: kernels for matrices need no
  /// edges.
  bool dense() const { return from_weights_ && sides_ == Sides::self; }
  /// The weights [query, key] of a dense graph, whichever way edges point; without self-loops the
  /// diagonal is 0.
  const Matrix& weights() const;
  /// The same in float32, where the file's weights are that or narrower and are taken as they are;
  /// else null.
  const MatrixF* stored_weights() const;

  /// Calls `visit(source, target, weight)` for every edge in their order. Needs no form of its own:
  /// a head of which none is held is gone through by rows.
  template <typename Visit>
  void for_each_edge(const Visit& visit) const;

  /// Calls `visit` for every query that sees something, in order: keys by their number among keys
  /// and weights above 0, self-loops among them whatever becomes of those.
  void for_each_row(const std::function<void(const SparseRow&)>& visit) const;

  /// The edges in parts, queries in order and all of a query in one part; a head of which no form
  /// is held is never stored. Of more edges than `most` of a query, only so many of the largest may
  /// be there.
  void parts(std::size_t most, const std::function<void(const EdgeArrays&)>& visit) const;

  const EdgeArrays& edges() const;
  /// The edges that leave each node.
  const CompressedRows& rows() const;
  /// The edges that arrive at each node: rows of the reversed graph.
  const CompressedRows& arriving() const;
  const AttentionGraph& igraph() const;

  /// The edges with their lengths.
  /// @throws InputError where a weight does not suit the distance
  const LengthGraph& lengths(Distance distance) const;
  /// The same as a matrix; null where two edges join the same nodes. Throws as lengths().
  const LengthMatrix* length_matrix(Distance distance) const;
  /// Edges that were lifted to the shortest length that counts, in the lengths asked for.
  std::size_t lifted() const { return lifted_; }

 private:
  EdgeRules rules_;
  std::size_t nodes_ = 0;
  /// The nodes of the first key and of the first query that the head has.
  Index first_key_ = 0;
  Index first_query_ = 0;
  Sides sides_ = Sides::self;
  bool from_weights_ = true;
  const Attention* attention_ = nullptr;
  std::size_t layer_ = 0;
  std::size_t head_ = 0;
  mutable std::optional<Matrix> weights_;
  mutable std::optional<std::optional<MatrixF>> stored_weights_;
  mutable std::optional<EdgeArrays> edges_;
  mutable std::optional<CompressedRows> rows_;
  mutable std::optional<CompressedRows> arriving_;
  mutable std::unique_ptr<AttentionGraph> igraph_;
  mutable std::map<Distance, LengthGraph> lengths_;
  mutable std::map<Distance, std::optional<LengthMatrix>> length_matrices_;
  mutable std::size_t lifted_ = 0;

  void count_nodes(std::size_t queries, std::size_t keys);
  void take(const EdgeArrays& edges);
  Matrix head() const;
  EdgeArrays made_edges() const;
  /// The weights in blocks, self-loops among them; queries by their nodes.
  void rows_of_weights(const VisitRows<double>& visit) const;
  /// An edge where the weight makes one.
  template <typename Visit>
  void visit_weight(Index query, Index key, double weight, const Visit& visit) const;
  template <typename Visit>
  void visit_block(const RowBlock<double>& block, const Visit& visit) const;
  EdgeArrays largest_edges(const LargestWeights<double>& found) const;
};

template <typename Visit>
void Graph::visit_weight(Index query, Index key, double weight, const Visit& visit) const {
  const Index node = key + first_key_;
  const bool dropped = rules_.self_loops == SelfLoops::drop && query == node;
  if (!(weight > 0) || dropped) return;
  rules_.direction == Direction::attends ? visit(query, node, weight) : visit(node, query, weight);
}

template <typename Visit>
void Graph::visit_block(const RowBlock<double>& block, const Visit& visit) const {
  for (Index r = 0; r < block.weights.rows(); ++r) {
    for (Index c = 0; c < block.weights.cols(); ++c) {
      visit_weight(block.first_query + r, block.first_key + c, block.weights(r, c), visit);
    }
  }
}

template <typename Visit>
void Graph::for_each_edge(const Visit& visit) const {
  if (!edges_) {
    rows_of_weights([&](const RowBlock<double>& block) { visit_block(block, visit); });
    return;
  }
  for (std::size_t e = 0; e < edges_->size(); ++e) {
    visit(edges_->source[e], edges_->target[e], edges_->weight[e]);
  }
}

}  // namespace attngraph
