#include "attention/stored/attention_stack.hpp"
#include "attention/stored/grouped.hpp"

#include <atomic>
#include <cassert>
#include <numeric>

#include "attention/computed/projected_heads.hpp"
#include "attention/stored/stored_rows.hpp"
#include "core/parallel.hpp"
#include "numeric/normalize_rows.hpp"

namespace attngraph {
namespace {

std::vector<std::size_t> indices(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

std::vector<std::string> index_labels(std::size_t count) {
  std::vector<std::string> labels(count);
  for (std::size_t i = 0; i < count; ++i) labels[i] = std::to_string(i);
  return labels;
}

bool is_causal(const Tensor& numbers) {
  StoredRows weights(numbers);
  for (std::size_t q = 0; q < weights.rows(); ++q) {
    const RowFacts ahead = weights.facts(q, weights.visible(q));
    if (ahead.sum != 0 || ahead.lowest < 0) return false;
  }
  return true;
}

Tensor tensor_of(const Matrix& weights) {
  return Tensor::from(
      std::vector<double>(weights.data(), weights.data() + weights.size()),
      {static_cast<std::size_t>(weights.rows()), static_cast<std::size_t>(weights.cols())});
}

}  // namespace

std::string_view fuse_name(Fuse fuse) {
  switch (fuse) {
    case Fuse::mean:
      return "mean";
    case Fuse::max:
      return "max";
    case Fuse::min:
      return "min";
  }
  return "";
}

AttentionStack::AttentionStack(std::vector<Tensor> layers, std::vector<std::string> tokens,
                               std::string source)
    : layers_(std::move(layers)),
      layer_indices_(indices(layers_.size())),
      head_indices_(indices(layers_.at(0).shape().at(0))),
      tokens_(std::move(tokens)),
      source_(std::move(source)) {
  assert(tokens_.empty() || tokens_.size() == keys());
}

std::size_t AttentionStack::queries() const {
  return grouping_ ? grouping_->labels.size() : layers_.front().shape()[1];
}

std::size_t AttentionStack::keys() const {
  return grouping_ ? grouping_->labels.size() : layers_.front().shape()[2];
}

void AttentionStack::set_grouping(Grouping grouping) {
  assert(grouping.node.size() == keys() && queries() == keys());
  tokens_ = grouping.labels;
  grouping_ = std::move(grouping);
}

std::int64_t AttentionStack::layer_index(std::size_t l) const {
  return static_cast<std::int64_t>(layer_indices_.at(l));
}

HeadLabel AttentionStack::head_label(std::size_t h) const {
  if (fuse_) return std::string(fuse_name(*fuse_));
  return static_cast<std::int64_t>(head_indices_.at(h));
}

Matrix AttentionStack::file_head(std::size_t layer, std::size_t head) const {
  Matrix weights = matrix_of<double>(layers_[layer].at(0, head));
  if (divide_rows_) attngraph::normalize_rows(weights);
  return grouping_ ? grouped(weights, *grouping_) : weights;
}

Matrix AttentionStack::head(std::size_t l, std::size_t h) const {
  if (fuse_) return fused_layer(l, *fuse_);
  return file_head(layer_indices_.at(l), head_indices_.at(h));
}

Tensor AttentionStack::file_numbers(std::size_t layer, std::size_t head) const {
  const bool as_stored = !divide_rows_ && !grouping_;
  return as_stored ? layers_[layer].at(0, head) : tensor_of(file_head(layer, head));
}

Tensor AttentionStack::numbers(std::size_t l, std::size_t h) const {
  if (fuse_) return tensor_of(fused_layer(l, *fuse_));
  return file_numbers(layer_indices_.at(l), head_indices_.at(h));
}

std::optional<MatrixF> AttentionStack::stored_head(std::size_t l, std::size_t h) const {
  if (fuse_ || divide_rows_ || grouping_ || !single_precision()) return std::nullopt;
  return matrix_of<float>(layers_[layer_indices_.at(l)].at(0, head_indices_.at(h)));
}

std::vector<std::string> AttentionStack::key_labels() const {
  return tokens_.empty() ? index_labels(keys()) : tokens_;
}

std::vector<std::string> AttentionStack::query_labels() const {
  return tokens_.size() == queries() ? tokens_ : index_labels(queries());
}

bool AttentionStack::causal() const {
  if (!causal_) {
    const std::size_t heads = layers_.front().shape()[0];
    std::atomic<bool> found_ahead = false;
    parallel_for(layers_.size() * heads, [&](std::size_t i) {
      if (!found_ahead && !is_causal(file_numbers(i / heads, i % heads))) found_ahead = true;
    });
    causal_ = !found_ahead;
  }
  return *causal_;
}

bool AttentionStack::single_precision() const {
  const Dtype type = dtype();
  return type == Dtype::f16 || type == Dtype::bf16 || type == Dtype::f32;
}

Dtype AttentionStack::dtype() const { return layers_.front().dtype(); }

AttentionStack AttentionStack::selected(std::vector<std::size_t> layers,
                                        std::vector<std::size_t> heads,
                                        std::optional<Fuse> fuse) const {
  AttentionStack selection = *this;
  selection.layer_indices_ = std::move(layers);
  selection.head_indices_ = std::move(heads);
  selection.fuse_ = fuse;
  return selection;
}

void for_each_head(const AttentionStack& stack,
                   const std::function<void(std::int64_t, const HeadLabel&, Matrix)>& visit) {
  for (std::size_t l = 0; l < stack.layers(); ++l) {
    for (std::size_t h = 0; h < stack.heads(); ++h) {
      visit(stack.layer_index(l), stack.head_label(h), stack.head(l, h));
    }
  }
}

}  // namespace attngraph
