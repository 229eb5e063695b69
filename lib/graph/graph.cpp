#include "graph/graph.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "attention/computed/largest_weights.hpp"
#include "attention/positions.hpp"
#include "attention/token_weights.hpp"

namespace attngraph {
namespace {

auto adder_to(EdgeArrays& edges) {
  return [&edges](Index source, Index target, double weight) {
    edges.add(static_cast<std::size_t>(source), static_cast<std::size_t>(target), weight);
  };
}

MatrixF with_rows_before(const MatrixF& weights, Index rows) {
  MatrixF all = MatrixF::Zero(rows + weights.rows(), weights.cols());
  all.bottomRows(weights.rows()) = weights;
  return all;
}

}  // namespace

Sides sides_of(const Attention& attention) {
  const bool apart = attention.cross() || attention.queries() > attention.keys();
  return apart ? Sides::cross : Sides::self;
}

Graph::Graph(const Attention& attention, std::size_t layer, std::size_t head, EdgeRules rules)
    : rules_(rules),
      sides_(sides_of(attention)),
      attention_(&attention),
      layer_(layer),
      head_(head) {
  count_nodes(attention.queries(), attention.keys());
  if (const EdgeArrays* list = attention.edges(layer, head)) take(*list);
}

Graph::Graph(Matrix weights, EdgeRules rules)
    : rules_(rules),
      sides_(weights.rows() == weights.cols() ? Sides::self : Sides::cross),
      weights_(std::move(weights)) {
  count_nodes(static_cast<std::size_t>(weights_->rows()),
              static_cast<std::size_t>(weights_->cols()));
  if (dense() && rules_.self_loops == SelfLoops::drop) weights_->diagonal().setZero();
}

Graph::Graph(const EdgeArrays& edges, EdgeRules rules) : rules_(rules), nodes_(edges.nodes) {
  take(edges);
}

bool Graph::causal() const { return attention_ && sides_ == Sides::self && attention_->causal(); }

void Graph::take(const EdgeArrays& edges) {
  from_weights_ = false;
  edges_ = without_zeros(edges);
  if (rules_.direction == Direction::informs) edges_ = reversed(*std::move(edges_));
  if (rules_.self_loops == SelfLoops::drop) edges_ = without_self_loops(*edges_);
}

void Graph::count_nodes(std::size_t queries, std::size_t keys) {
  const std::size_t first_key = sides_ == Sides::self ? 0 : queries;
  first_key_ = static_cast<Index>(first_key);
  first_query_ = sides_ == Sides::self ? static_cast<Index>(keys - queries) : 0;
  nodes_ = first_key + keys;
}

Matrix Graph::head() const {
  assert(attention_);
  Matrix weights = sides_ == Sides::self ? token_weights(*attention_, layer_, head_)
                                         : attention_->head(layer_, head_);
  if (dense() && rules_.self_loops == SelfLoops::drop) weights.diagonal().setZero();
  return weights;
}

const Matrix& Graph::weights() const {
  assert(dense());
  if (!weights_) weights_ = head();
  return *weights_;
}

const MatrixF* Graph::stored_weights() const {
  assert(dense());
  if (!stored_weights_) {
    stored_weights_ = attention_ ? attention_->stored_head(layer_, head_) : std::nullopt;
    auto& stored = *stored_weights_;
    if (stored && first_query_ > 0) stored = with_rows_before(*stored, first_query_);
    if (stored && rules_.self_loops == SelfLoops::drop) stored->diagonal().setZero();
  }
  return *stored_weights_ ? &**stored_weights_ : nullptr;
}

void Graph::rows_of_weights(const VisitRows<double>& visit) const {
  if (!weights_) {
    return attention_->rows(layer_, head_, [&](const RowBlock<double>& block) {
      visit({block.first_query + first_query_, block.first_key, block.weights});
    });
  }
  visit({0, 0, {weights_->data(), weights_->rows(), weights_->cols()}});
}

std::optional<std::size_t> Graph::keys_before(std::size_t query) const {
  if (!attention_ || !attention_->causal()) return std::nullopt;
  return attngraph::keys_before(query, bipartite() ? nodes_ - keys() : nodes_, keys());
}

void Graph::for_each_row(const std::function<void(const SparseRow&)>& visit) const {
  const EdgeArrays* list = attention_ ? attention_->edges(layer_, head_) : nullptr;
  if (list) return for_each_sparse_row(without_zeros(*list), visit);
  if (!from_weights_) {
    return for_each_sparse_row(direction() == Direction::attends ? *edges_ : reversed(*edges_),
                               visit);
  }
  // Weights that are held may have lost their self-loops.
  const Index first_row = attention_ ? first_query_ : 0;
  const auto visit_rows = [&](const RowBlock<double>& block) {
    for (Index r = 0; r < block.weights.rows(); ++r) {
      SparseRow row;
      row.query = static_cast<std::size_t>(block.first_query + first_row + r);
      for (Index c = 0; c < block.weights.cols(); ++c) {
        if (!(block.weights(r, c) > 0)) continue;
        row.keys.push_back(static_cast<std::int32_t>(block.first_key + c));
        row.weights.push_back(block.weights(r, c));
      }
      if (!row.keys.empty()) visit(row);
    }
  };
  attention_ ? attention_->rows(layer_, head_, visit_rows) : rows_of_weights(visit_rows);
}

EdgeArrays Graph::largest_edges(const LargestWeights<double>& found) const {
  std::vector<std::size_t> order(found.weight.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(found.query[a], found.key[a]) < std::pair(found.query[b], found.key[b]);
  });
  EdgeArrays edges;
  edges.nodes = nodes_;
  for (const std::size_t i : order) {
    visit_weight(found.query[i] + first_query_, found.key[i], found.weight[i], adder_to(edges));
  }
  return edges;
}

void Graph::parts(std::size_t most, const std::function<void(const EdgeArrays&)>& visit) const {
  if (edges_) return visit(*edges_);
  const std::size_t keys = nodes_ - static_cast<std::size_t>(first_key_);
  // One more than wanted, in case it is a self-loop that is dropped.
  const std::size_t wanted = std::min(most, keys) + (rules_.self_loops == SelfLoops::drop ? 1 : 0);
  if (attention_ && !weights_ && wanted < keys) {
    return attention_->largest_weights(
        layer_, head_, wanted,
        [&](const LargestWeights<double>& found) { visit(largest_edges(found)); });
  }
  rows_of_weights([&](const RowBlock<double>& block) {
    EdgeArrays edges;
    edges.nodes = nodes_;
    visit_block(block, adder_to(edges));
    visit(edges);
  });
}

EdgeArrays Graph::made_edges() const {
  // A matrix that nobody asked for is not kept: edges say the same.
  return weights_ ? edge_arrays(*weights_, rules_.direction, sides_)
                  : edge_arrays(head(), rules_.direction, sides_);
}

const EdgeArrays& Graph::edges() const {
  if (!edges_) edges_ = made_edges();
  return *edges_;
}

const CompressedRows& Graph::rows() const {
  if (!rows_) rows_ = compressed_rows(edges());
  return *rows_;
}

const CompressedRows& Graph::arriving() const {
  if (!arriving_) arriving_ = compressed_rows(reversed(edges()));
  return *arriving_;
}

const AttentionGraph& Graph::igraph() const {
  if (!igraph_) igraph_ = std::make_unique<AttentionGraph>(edges());
  return *igraph_;
}

const LengthGraph& Graph::lengths(Distance distance) const {
  const auto known = lengths_.find(distance);
  if (known != lengths_.end()) return known->second;
  const LengthGraph& made = lengths_[distance] = length_graph(edges(), distance);
  lifted_ = made.lifted;
  return made;
}

const LengthMatrix* Graph::length_matrix(Distance distance) const {
  const auto known = length_matrices_.find(distance);
  if (known != length_matrices_.end()) return known->second ? &*known->second : nullptr;
  std::optional<LengthMatrix> made =
      dense() ? attngraph::length_matrix(weights(), rules_.direction, distance)
              : attngraph::length_matrix(lengths(distance));
  if (made) lifted_ = made->lifted;
  const auto& kept = length_matrices_[distance] = std::move(made);
  return kept ? &*kept : nullptr;
}

}  // namespace attngraph
