#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "attention/head_maker.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Attention as edge lists give it: an edge from a query to the key it attends to, for each layer
/// and head that the file has; heads that it has not are no part of a layer. Edges that stand twice
/// add up where a matrix is made of them.
class EdgeHeads : public HeadMaker {
 public:
  /// @param lists must live as long as this; every node below `nodes`
  /// @param queries how many of the nodes are queries alone, the first ones; 0 where all are both
  EdgeHeads(const std::vector<EdgeList>& lists, std::size_t nodes, std::size_t queries = 0);

  std::vector<std::size_t> layer_indices() const override;
  std::vector<std::size_t> head_indices() const override;
  bool has(std::size_t layer, std::size_t head) const override;
  std::size_t layers() const override { return layer_indices().back() + 1; }
  std::size_t heads() const override { return head_indices().back() + 1; }
  std::size_t queries() const override { return queries_ > 0 ? queries_ : nodes_; }
  std::size_t keys() const override { return nodes_ - queries_; }
  Dtype dtype() const override { return Dtype::f64; }
  bool causal() const override;
  std::optional<std::size_t> seen_keys() const override;

  Matrix matrix(std::size_t layer, std::size_t head) const override;
  MatrixF single_matrix(std::size_t layer, std::size_t head) const override;
  Tensor numbers(std::size_t layer, std::size_t head) const override;
  void rows_in_parallel(std::size_t layer, std::size_t head,
                        const WorkOnRows<double>& work) const override;
  bool largest_weights(std::size_t, std::size_t, std::size_t,
                       const std::function<void(const LargestWeights<double>&)>&) const override {
    return false;
  }
  void fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                  bool divide_rows, const BandWork& work) const override;

  /// Null where queries and keys are different nodes: their numbers are not those of a matrix.
  const EdgeArrays* edges(std::size_t layer, std::size_t head) const override;
  std::shared_ptr<const HeadMaker> with_rows_divided() const override;

 private:
  std::map<std::pair<std::int64_t, std::int64_t>, const EdgeArrays*> lists_;
  std::size_t nodes_;
  std::size_t queries_;
  EdgeArrays none_;
  /// Of edges that no file has.
  std::vector<EdgeList> own_;

  const EdgeArrays& list(std::size_t layer, std::size_t head) const;
};

/// What leaves each node together [node].
std::vector<double> row_sums(const EdgeArrays& edges);

/// One query of an edge list and what it attends to: keys ascending, each once, and their weights.
struct SparseRow {
  std::size_t query = 0;
  std::vector<std::int32_t> keys;
  std::vector<double> weights;
};

/// Calls `visit(row)` for every query that attends to something, in order.
void for_each_sparse_row(const EdgeArrays& edges,
                         const std::function<void(const SparseRow&)>& visit);

}  // namespace attngraph
