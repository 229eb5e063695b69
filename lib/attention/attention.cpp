#include "attention/attention.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>

#include "attention/computed/computed_heads.hpp"
#include "attention/edges/edge_heads.hpp"
#include "attention/grouped.hpp"
#include "attention/stored/stored_heads.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "core/parallel.hpp"
#include "core/text/counted.hpp"
#include "numeric/normalize_rows.hpp"
#include "reading/words/text_order.hpp"

namespace attngraph {
namespace {

std::vector<std::string> index_labels(std::size_t count) {
  std::vector<std::string> labels(count);
  for (std::size_t i = 0; i < count; ++i) labels[i] = std::to_string(i);
  return labels;
}

Tensor tensor_of(const Matrix& weights) {
  return Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()),
      {static_cast<std::size_t>(weights.rows()), static_cast<std::size_t>(weights.cols())});
}

}  // namespace

Attention::Attention(std::shared_ptr<const HeadMaker> maker, std::vector<std::string> tokens,
                     std::string source)
    : maker_(std::move(maker)),
      layer_indices_(maker_->layer_indices()),
      head_indices_(maker_->head_indices()),
      tokens_(std::move(tokens)),
      source_(std::move(source)),
      cross_(maker_->queries() != maker_->keys()) {
  assert(tokens_.empty() || tokens_.size() == keys());
}

Attention::Attention(std::vector<Tensor> layers, std::vector<std::string> tokens,
                     std::string source)
    : Attention(std::make_shared<StoredHeads>(std::move(layers)), std::move(tokens),
                std::move(source)) {}

Attention Attention::computed(MultiHeadAttention heads, std::vector<std::string> tokens) {
  if (heads.leading() == Leading::batch && heads.places() > 1) {
    throw ArgumentError("$query",
                        "holds " + std::to_string(heads.places()) + " batch items, expected one",
                        "choose one with $batch");
  }
  if (!tokens.empty() && tokens.size() != heads.keys()) {
    throw InputError("$tokens", "has " + std::to_string(tokens.size()) + " tokens, expected " +
                                    std::to_string(heads.keys()) + ", one for each key");
  }
  Attention attention(std::make_shared<ComputedHeads>(std::move(heads)), std::move(tokens),
                      "$query");
  const bool last_queries = attention.queries() < attention.keys() && attention.causal();
  if (last_queries) attention.cross_ = false;
  return attention;
}

Attention Attention::edges(const std::vector<EdgeList>& lists, std::size_t nodes,
                           std::vector<std::string> tokens, std::string source,
                           std::size_t queries) {
  const auto heads = std::make_shared<EdgeHeads>(lists, nodes, queries);
  if (queries == 0) return {heads, std::move(tokens), std::move(source)};
  const auto first_key = tokens.begin() + static_cast<std::ptrdiff_t>(tokens.empty() ? 0 : queries);
  Attention attention{heads, {first_key, tokens.end()}, std::move(source)};
  attention.set_sides(Sides::cross, {tokens.begin(), first_key});
  return attention;
}

const EdgeArrays* Attention::edges_of_file(std::size_t l, std::size_t h) const {
  return maker_->edges(layer_indices_.at(l), head_indices_.at(h));
}

const EdgeArrays* Attention::edges(std::size_t l, std::size_t h) const {
  return fuse_ || !as_made() ? nullptr : edges_of_file(l, h);
}

void Attention::normalize_rows() {
  if (auto divided = maker_->with_rows_divided()) {
    maker_ = std::move(divided);
  } else {
    divide_rows_ = true;
  }
}

std::size_t Attention::queries() const {
  return grouping_ ? grouping_->queries.nodes() : maker_->queries();
}

std::size_t Attention::keys() const { return grouping_ ? grouping_->keys.nodes() : maker_->keys(); }

std::size_t Attention::file_layers() const { return maker_->layers(); }
std::size_t Attention::file_heads() const { return maker_->heads(); }
Dtype Attention::dtype() const { return maker_->dtype(); }

void Attention::set_merged(MergedTokens merged) {
  assert(merged.keys.tokens() == keys() && merged.queries.tokens() == queries());
  if (merged.answer_only) {
    merged_answer_ = std::move(merged);
    return;
  }
  tokens_ = merged.keys.labels;
  if (!in_text_order(merged.keys)) causal_ = false;
  grouping_ = std::move(merged);
}

const MergedTokens* Attention::merged_answer() const {
  return merged_answer_ ? &*merged_answer_ : nullptr;
}

void Attention::set_sides(Sides sides, std::vector<std::string> query_labels) {
  if (!query_labels.empty() && query_labels.size() != queries()) {
    throw InputError("$query-tokens",
                     counted(query_labels.size(), "label") + " for " + counted(queries(), "query"),
                     "give one label for each query with $query-tokens");
  }
  cross_ = sides == Sides::cross;
  query_labels_ = std::move(query_labels);
}

bool Attention::has(std::size_t l, std::size_t h) const {
  const std::size_t layer = layer_indices_.at(l);
  if (!fuse_) return maker_->has(layer, head_indices_.at(h));
  return std::any_of(head_indices_.begin(), head_indices_.end(),
                     [&](std::size_t head) { return maker_->has(layer, head); });
}

std::vector<SelectedHead> Attention::present() const {
  std::vector<SelectedHead> found;
  for (std::size_t l = 0; l < layers(); ++l) {
    for (std::size_t h = 0; h < heads(); ++h) {
      if (has(l, h)) found.push_back({l, h});
    }
  }
  return found;
}

std::int64_t Attention::layer_index(std::size_t l) const {
  return static_cast<std::int64_t>(layer_indices_.at(l));
}

HeadLabel Attention::head_label(std::size_t h) const {
  if (fuse_) return std::string(fuse_name(*fuse_));
  return static_cast<std::int64_t>(head_indices_.at(h));
}

std::string Attention::place(std::size_t l, std::size_t h) const {
  return (source_.empty() ? "" : source_ + ": ") + "layer " + std::to_string(layer_index(l)) +
         ", head " + text_of(head_label(h));
}

MemoryNeed Attention::need(std::size_t matrices, std::size_t numbers,
                           const std::string& hint) const {
  const bool listed = maker_->edges(0, 0) != nullptr;
  const auto [fewer, tokens] = std::minmax({maker_->queries(), maker_->keys()});
  if (matrices > 0 && !listed && fewer > numbers / matrices) {
    return {limits_, {matrices, fewer, tokens, sizeof(double)}, "the weights of one head", hint};
  }
  return {limits_,
          {numbers, tokens, sizeof(double)},
          "the answer about " + std::to_string(tokens) + " tokens",
          "raise $max-memory"};
}

void Attention::check_room() const {
  if (maker_->stored()) return;
  check_memory(limits_, {maker_->queries(), maker_->keys(), 2 * sizeof(double)},
               "the weights of one head", "choose fewer tokens");
}

Matrix Attention::file_head(std::size_t layer, std::size_t head) const {
  check_room();
  Matrix weights = maker_->matrix(layer, head);
  if (divide_rows_) attngraph::normalize_rows(weights);
  return grouping_ ? grouped(weights, grouping_->queries, grouping_->keys) : weights;
}

Matrix Attention::head(std::size_t l, std::size_t h) const {
  if (fuse_) return fused_layer(l, *fuse_);
  return file_head(layer_indices_.at(l), head_indices_.at(h));
}

Tensor Attention::file_numbers(std::size_t layer, std::size_t head) const {
  if (!as_made()) return tensor_of(file_head(layer, head));
  check_room();
  return maker_->numbers(layer, head);
}

Tensor Attention::numbers(std::size_t l, std::size_t h) const {
  if (fuse_) return tensor_of(fused_layer(l, *fuse_));
  return file_numbers(layer_indices_.at(l), head_indices_.at(h));
}

bool Attention::lies_in_file() const { return !fuse_ && as_made() && maker_->stored(); }

std::optional<MatrixF> Attention::stored_head(std::size_t l, std::size_t h) const {
  if (fuse_ || !as_made() || !single_precision()) return std::nullopt;
  check_room();
  return maker_->single_matrix(layer_indices_.at(l), head_indices_.at(h));
}

std::size_t Attention::value_width() const { return fuse_ ? 0 : maker_->value_width(); }

Matrix Attention::value(std::size_t l, std::size_t h) const {
  return maker_->value(layer_indices_.at(l), head_indices_.at(h));
}

std::size_t Attention::key_width() const { return fuse_ ? 0 : maker_->key_width(); }

Matrix Attention::key(std::size_t l, std::size_t h) const {
  return maker_->key(layer_indices_.at(l), head_indices_.at(h));
}

Matrix Attention::query(std::size_t l, std::size_t h) const {
  return maker_->query(layer_indices_.at(l), head_indices_.at(h));
}

std::size_t Attention::key_head(std::size_t h) const {
  return maker_->key_head(head_indices_.at(h));
}

std::vector<std::string> Attention::key_labels() const {
  return tokens_.empty() ? index_labels(keys()) : tokens_;
}

std::vector<std::string> Attention::query_labels() const {
  if (grouping_) return grouping_->queries.labels;
  if (!query_labels_.empty()) return query_labels_;
  return !cross_ && tokens_.size() == queries() ? tokens_ : index_labels(queries());
}

bool Attention::causal() const {
  if (causal_) return *causal_;
  if (!grouping_) {
    causal_ = maker_->causal();
    return *causal_;
  }
  const auto layers = maker_->layer_indices(), heads = maker_->head_indices();
  std::atomic<bool> found_ahead = false;
  parallel_for(layers.size() * heads.size(), [&](std::size_t i) {
    const std::size_t layer = layers[i / heads.size()], head = heads[i % heads.size()];
    if (!found_ahead && !is_causal(file_numbers(layer, head))) found_ahead = true;
  });
  causal_ = !found_ahead;
  return *causal_;
}

std::optional<std::size_t> Attention::seen_keys() const {
  return grouping_ ? std::nullopt : maker_->seen_keys();
}

Attention Attention::selected(std::vector<std::size_t> layers, std::vector<std::size_t> heads,
                              std::optional<Fuse> fuse) const {
  Attention selection = *this;
  selection.layer_indices_ = std::move(layers);
  selection.head_indices_ = std::move(heads);
  selection.fuse_ = fuse;
  return selection;
}

void for_each_head(const Attention& attention,
                   const std::function<void(std::int64_t, const HeadLabel&, Matrix)>& visit) {
  for (const auto& [l, h] : attention.present()) {
    visit(attention.layer_index(l), attention.head_label(h), attention.head(l, h));
  }
}

}  // namespace attngraph
