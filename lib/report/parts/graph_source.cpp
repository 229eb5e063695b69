#include "report/parts/graph_source.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/parts/graph_labels.hpp"

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

GraphSource::GraphSource(AttentionStack stack)
    : stack_(std::move(stack)),
      file_(stack_->source()),
      bipartite_(stack_->cross() || stack_->queries() != stack_->keys()) {
  labels_ = node_labels(stack_->query_labels(), stack_->key_labels(), bipartite_);
}

GraphSource::GraphSource(const Dump& dump, const IndexList& layers, const IndexList& heads,
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

std::size_t GraphSource::count() const {
  return stack_ ? stack_->layers() * stack_->heads() : lists_.size();
}

std::int64_t GraphSource::layer(std::size_t i) const {
  return stack_ ? stack_->layer_index(i / stack_->heads()) : lists_[i]->layer;
}

HeadLabel GraphSource::head(std::size_t i) const {
  return stack_ ? stack_->head_label(i % stack_->heads()) : HeadLabel(lists_[i]->head);
}

std::string GraphSource::place(std::size_t i) const {
  return (file_.empty() ? "" : file_ + ": ") + "layer " + std::to_string(layer(i)) + ", head " +
         text_of(head(i));
}

EdgeArrays GraphSource::edges(std::size_t i, Direction direction, SelfLoops self_loops) const {
  EdgeArrays edges;
  if (stack_) {
    edges = edge_arrays(stack_->head(i / stack_->heads(), i % stack_->heads()), direction);
  } else {
    edges = without_zeros(lists_[i]->edges);
    if (direction == Direction::informs) edges = reversed(std::move(edges));
  }
  return self_loops == SelfLoops::drop && !bipartite_ ? without_self_loops(edges) : edges;
}

std::optional<Matrix> GraphSource::matrix(std::size_t i) const {
  if (!stack_ || bipartite_) return std::nullopt;
  return stack_->head(i / stack_->heads(), i % stack_->heads());
}

std::optional<MatrixF> GraphSource::stored_matrix(std::size_t i) const {
  if (!stack_ || bipartite_) return std::nullopt;
  return stack_->stored_head(i / stack_->heads(), i % stack_->heads());
}

std::vector<Column> GraphSource::head_columns() const {
  return {{"layer", ColumnType::integer},
          {"head", fused() ? ColumnType::text : ColumnType::integer}};
}

Chunk GraphSource::head_values(std::size_t i, std::size_t rows) const {
  const HeadLabel label = head(i);
  Chunk values{std::vector<std::int64_t>(rows, layer(i))};
  if (fused()) {
    values.emplace_back(std::vector<std::string>(rows, std::get<std::string>(label)));
  } else {
    values.emplace_back(std::vector<std::int64_t>(rows, std::get<std::int64_t>(label)));
  }
  return values;
}

}  // namespace attngraph
