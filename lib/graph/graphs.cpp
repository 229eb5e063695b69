#include "graph/graphs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

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

Graph Graphs::graph(std::size_t i, EdgeRules rules) const {
  return attention_ ? Graph(*attention_, i / attention_->heads(), i % attention_->heads(), rules)
                    : Graph(lists_[i]->edges, rules);
}

}  // namespace attngraph
