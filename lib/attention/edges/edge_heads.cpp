#include "attention/edges/edge_heads.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

/// Edges by source, then target, in the order of the list where they are equal.
std::vector<std::size_t> by_row(const EdgeArrays& edges) {
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(edges.source[a], edges.target[a]) <
           std::pair(edges.source[b], edges.target[b]);
  });
  return order;
}

}  // namespace

EdgeHeads::EdgeHeads(const std::vector<EdgeList>& lists, std::size_t nodes, std::size_t queries)
    : nodes_(nodes), queries_(queries) {
  for (const EdgeList& list : lists) lists_[{list.layer, list.head}] = &list.edges;
  none_.nodes = nodes;
}

std::vector<std::size_t> EdgeHeads::layer_indices() const {
  std::set<std::size_t> layers;
  for (const auto& [place, edges] : lists_) layers.insert(static_cast<std::size_t>(place.first));
  return {layers.begin(), layers.end()};
}

std::vector<std::size_t> EdgeHeads::head_indices() const {
  std::set<std::size_t> heads;
  for (const auto& [place, edges] : lists_) heads.insert(static_cast<std::size_t>(place.second));
  return {heads.begin(), heads.end()};
}

bool EdgeHeads::has(std::size_t layer, std::size_t head) const {
  return lists_.contains({static_cast<std::int64_t>(layer), static_cast<std::int64_t>(head)});
}

const EdgeArrays& EdgeHeads::list(std::size_t layer, std::size_t head) const {
  const auto found =
      lists_.find({static_cast<std::int64_t>(layer), static_cast<std::int64_t>(head)});
  return found == lists_.end() ? none_ : *found->second;
}

const EdgeArrays* EdgeHeads::edges(std::size_t layer, std::size_t head) const {
  return queries_ > 0 ? nullptr : &list(layer, head);
}

std::optional<std::size_t> EdgeHeads::seen_keys() const {
  std::size_t seen = queries_;
  for (const auto& [place, edges] : lists_) {
    for (std::size_t i = 0; i < edges->size(); ++i) {
      const auto end = static_cast<std::size_t>(edges->target[i]) + 1;
      if (edges->weight[i] > 0) seen = std::max(seen, end);
    }
  }
  return seen - queries_;
}

bool EdgeHeads::causal() const {
  if (queries_ > 0) return false;
  for (const auto& [place, edges] : lists_) {
    for (std::size_t i = 0; i < edges->size(); ++i) {
      if (edges->target[i] > edges->source[i] && edges->weight[i] != 0) return false;
    }
  }
  return true;
}

Matrix EdgeHeads::matrix(std::size_t layer, std::size_t head) const {
  const EdgeArrays& edges = list(layer, head);
  const auto first_key = static_cast<std::int32_t>(queries_);
  Matrix weights = Matrix::Zero(static_cast<Index>(queries()), static_cast<Index>(keys()));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    weights(edges.source[i], edges.target[i] - first_key) += edges.weight[i];
  }
  return weights;
}

MatrixF EdgeHeads::single_matrix(std::size_t layer, std::size_t head) const {
  return matrix(layer, head).cast<float>();
}

Tensor EdgeHeads::numbers(std::size_t layer, std::size_t head) const {
  const Matrix weights = matrix(layer, head);
  return Tensor::from(std::vector<double>(weights.data(), weights.data() + weights.size()),
                      {queries(), keys()});
}

void EdgeHeads::rows_in_parallel(std::size_t layer, std::size_t head,
                                 const WorkOnRows<double>& work) const {
  const Matrix weights = matrix(layer, head);
  const auto ending = work({0, 0, {weights.data(), weights.rows(), weights.cols()}});
  if (ending) ending();
}

void EdgeHeads::fused_rows(std::size_t layer, const std::vector<std::size_t>& heads, Fuse fuse,
                           bool divide_rows, const BandWork& work) const {
  work.on_bands(1, [&](std::size_t, Index&) {
    Matrix fused;
    std::size_t count = 0;
    for (const std::size_t head : heads) {
      if (!has(layer, head)) continue;
      ++count;
      Matrix next = matrix(layer, head);
      if (divide_rows) normalize_rows(next);
      if (fused.size() == 0) {
        fused = std::move(next);
      } else {
        fuse_with(fused, next, fuse);
      }
    }
    if (count == 0) return matrix(layer, heads.front());
    if (fuse == Fuse::mean) fused /= static_cast<double>(count);
    return fused;
  });
}

std::shared_ptr<const HeadMaker> EdgeHeads::with_rows_divided() const {
  auto divided = std::make_shared<EdgeHeads>(std::vector<EdgeList>{}, nodes_, queries_);
  for (const auto& [place, edges] : lists_) {
    EdgeList list{place.first, place.second, *edges};
    const std::vector<double> sums = row_sums(*edges);
    for (std::size_t i = 0; i < list.edges.size(); ++i) {
      const double sum = sums[static_cast<std::size_t>(list.edges.source[i])];
      if (sum > 0) list.edges.weight[i] /= sum;
    }
    divided->own_.push_back(std::move(list));
  }
  for (const EdgeList& list : divided->own_) divided->lists_[{list.layer, list.head}] = &list.edges;
  return divided;
}

std::vector<double> row_sums(const EdgeArrays& edges) {
  std::vector<double> sums(edges.nodes, 0.0);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    sums[static_cast<std::size_t>(edges.source[i])] += edges.weight[i];
  }
  return sums;
}

void for_each_sparse_row(const EdgeArrays& edges,
                         const std::function<void(const SparseRow&)>& visit) {
  SparseRow row;
  const auto send = [&] {
    if (!row.keys.empty()) visit(row);
    row.keys.clear();
    row.weights.clear();
  };
  for (const std::size_t i : by_row(edges)) {
    const auto query = static_cast<std::size_t>(edges.source[i]);
    if (query != row.query) send();
    row.query = query;
    const bool again = !row.keys.empty() && row.keys.back() == edges.target[i];
    if (again) {
      row.weights.back() += edges.weight[i];
    } else {
      row.keys.push_back(edges.target[i]);
      row.weights.push_back(edges.weight[i]);
    }
  }
  send();
}

}  // namespace attngraph
