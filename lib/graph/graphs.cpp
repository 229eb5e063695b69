#include "graph/graphs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "attention/computed/largest_weights.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "graph/node_labels.hpp"

namespace attngraph {
namespace {

std::string place_of(const Dump& dump, const EdgeList& list, std::size_t i) {
  return dump.source + ": layer " + std::to_string(list.layer) + ", head " +
         std::to_string(list.head) + ", edge " + std::to_string(list.edges.source[i]) + " -> " +
         std::to_string(list.edges.target[i]);
}

void check_list(const Dump& dump, const EdgeList& list) {
  for (std::size_t i = 0; i < list.edges.size(); ++i) {
    const auto [low, high] = std::minmax(list.edges.source[i], list.edges.target[i]);
    if (low < 0 || static_cast<std::size_t>(high) >= dump.nodes) {
      throw InputError(place_of(dump, list, i),
                       "the graph has nodes 0 to " + std::to_string(dump.nodes - 1) + " only");
    }
    const double weight = list.edges.weight[i];
    if (!std::isfinite(weight) || weight < 0) {
      throw InputError(place_of(dump, list, i), "the weight is " + number_text(weight) +
                                                    ", a finite number of at least 0 was expected");
    }
  }
}

// Which of the numbers 0 … largest were chosen.
std::vector<char> chosen(const IndexList& choice, std::int64_t largest, const std::string& option) {
  std::vector<char> is(static_cast<std::size_t>(largest) + 1, 0);
  for (const std::size_t index : choice.resolve(is.size(), option)) is[index] = 1;
  return is;
}

/// Where the edges of parts lead.
struct PartRules {
  EdgeRules edges;
  std::size_t nodes;
  std::size_t first_key;

  void add(std::int64_t query, std::int64_t key, double weight, EdgeArrays& part) const {
    const auto q = static_cast<std::size_t>(query);
    const std::size_t k = first_key + static_cast<std::size_t>(key);
    if (!(weight > 0) || (edges.self_loops == SelfLoops::drop && q == k)) return;
    edges.direction == Direction::attends ? part.add(q, k, weight) : part.add(k, q, weight);
  }
};

EdgeArrays edges_of(const RowBlock<double>& block, const PartRules& rules) {
  EdgeArrays edges;
  edges.nodes = rules.nodes;
  for (Index r = 0; r < block.weights.rows(); ++r) {
    for (Index c = 0; c < block.weights.cols(); ++c) {
      rules.add(block.first_query + r, block.first_key + c, block.weights(r, c), edges);
    }
  }
  return edges;
}

/// By query, then key.
EdgeArrays edges_of(const LargestWeights<double>& found, const PartRules& rules) {
  std::vector<std::size_t> order(found.weight.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(found.query[a], found.key[a]) < std::pair(found.query[b], found.key[b]);
  });
  EdgeArrays edges;
  edges.nodes = rules.nodes;
  for (const std::size_t i : order) {
    rules.add(found.query[i], found.key[i], found.weight[i], edges);
  }
  return edges;
}

}  // namespace

Graphs::Graphs(Attention attention)
    : attention_(std::move(attention)), file_(attention_->source()) {
  labels_ =
      node_labels(attention_->query_labels(), attention_->key_labels(), sides_of(*attention_));
}

Graphs::Graphs(const Dump& dump, const IndexList& layers, const IndexList& heads,
               std::vector<std::string> tokens)
    : file_(dump.source), labels_(std::move(tokens)) {
  if (!labels_.empty() && labels_.size() != dump.nodes) {
    throw InputError("$tokens", "there are " + std::to_string(labels_.size()) +
                                    " tokens, one for each of the " + std::to_string(dump.nodes) +
                                    " nodes was expected");
  }
  for (std::size_t v = labels_.size(); v < dump.nodes; ++v) labels_.push_back(std::to_string(v));
  std::int64_t last_layer = 0;
  std::int64_t last_head = 0;
  for (const EdgeList& list : dump.edges) {
    last_layer = std::max(last_layer, list.layer);
    last_head = std::max(last_head, list.head);
  }
  const std::vector<char> layer_chosen = chosen(layers, last_layer, "$layer");
  const std::vector<char> head_chosen = chosen(heads, last_head, "$head");
  for (const EdgeList& list : dump.edges) {
    if (!layer_chosen[list.layer] || !head_chosen[list.head]) continue;
    check_list(dump, list);
    lists_.push_back(&list);
  }
  if (lists_.empty()) {
    throw ArgumentError("$layer, $head", "the file has no edges of such a layer and head");
  }
}

std::size_t Graphs::count() const {
  return attention_ ? attention_->layers() * attention_->heads() : lists_.size();
}

std::int64_t Graphs::layer(std::size_t i) const {
  return attention_ ? attention_->layer_index(i / attention_->heads()) : lists_[i]->layer;
}

HeadLabel Graphs::head(std::size_t i) const {
  return attention_ ? attention_->head_label(i % attention_->heads()) : HeadLabel(lists_[i]->head);
}

std::string Graphs::place(std::size_t i) const {
  return (file_.empty() ? "" : file_ + ": ") + "layer " + std::to_string(layer(i)) + ", head " +
         text_of(head(i));
}

void Graphs::edges(std::size_t i, EdgeRules rules, std::size_t most,
                   const std::function<void(EdgeArrays)>& visit) const {
  if (!attention_) return visit(graph(i, rules).edges());
  const std::size_t l = i / attention_->heads(), h = i % attention_->heads();
  const std::size_t keys = attention_->keys();
  const PartRules part{rules, nodes(), nodes() - keys};
  // One more than wanted, in case it is a self-loop that is dropped.
  const std::size_t wanted = std::min(most, keys) + (rules.self_loops == SelfLoops::drop ? 1 : 0);
  if (wanted < keys) {
    return attention_->largest_weights(
        l, h, wanted, [&](const LargestWeights<double>& found) { visit(edges_of(found, part)); });
  }
  attention_->rows(l, h, [&](const RowBlock<double>& block) { visit(edges_of(block, part)); });
}

Graph Graphs::graph(std::size_t i, EdgeRules rules) const {
  return attention_ ? Graph(*attention_, i / attention_->heads(), i % attention_->heads(), rules)
                    : Graph(lists_[i]->edges, rules);
}

}  // namespace attngraph
