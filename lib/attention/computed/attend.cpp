// Scaled dot-product attention, head by head.
//
// All checks are made once in the constructor; a head is then projected, multiplied and normalised
// on demand, in blocks of rows (row_blocks.hpp). Memory: queries, keys and values of one head.

#include "attention/computed/attend.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include "attention/computed/split_heads.hpp"
#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number_text.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"

namespace attngraph {
namespace {

/// Refuses a mask that fits its axes in two ways.
[[noreturn]] void refuse_both(const Tensor& mask, const std::string& readings,
                              const std::string& hint) {
  throw InputError("$mask", "has shape " + shape_text(mask.shape()) + ", which is " + readings,
                   "reshape it: " + hint);
}

/// One of two axes is [query, key] if its first size is that of the queries, else [batch, key].
Tensor two_axes(const Tensor& mask, std::size_t items, std::size_t queries) {
  const std::size_t first = mask.shape()[0];
  if (first != items) return mask;
  if (first == queries) {
    refuse_both(mask, "[query, key] or [batch, key]",
                "mask[:, None, None, :] is one row for each batch item, mask[None, None] is one "
                "matrix for all");
  }
  return mask.with_axis(1).with_axis(1);
}

/// One of three axes is [head, query, key] if its first size is that of the heads, [batch, query,
/// key] if it is that of the batch.
Tensor three_axes(const Tensor& mask, std::size_t items, std::size_t heads) {
  const std::size_t first = mask.shape()[0];
  if (first != items) return mask;
  if (first == heads) {
    refuse_both(mask, "[head, query, key] or [batch, query, key]",
                "mask[:, None] is one matrix for each batch item, mask[None] is one for each head");
  }
  return mask.with_axis(1);
}

/// [batch, head, query, key] without the leading axes that it has not.
/// @param items batch items or layers; 1 where there is no such axis
Tensor mask_by_axes(const Tensor& mask, std::size_t items, std::size_t heads, std::size_t queries) {
  if (mask.rank() == 1) return mask.with_axis(0);
  if (items == 1) return mask;
  if (mask.rank() == 2) return two_axes(mask, items, queries);
  return mask.rank() == 3 ? three_axes(mask, items, heads) : mask;
}

}  // namespace

Scale scale_named(const std::string& text) {
  if (text == "none") return {1.0};
  double factor = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, factor);
  if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(factor)) {
    throw ArgumentError("$scale", "'" + text + "' is neither a number nor none");
  }
  return {factor};
}

MultiHeadAttention::MultiHeadAttention(const AttendInput& input, const AttendOptions& options)
    : options_(options),
      mask_(input.mask),
      bias_(input.bias),
      sink_logits_(input.sink_logits),
      wo_(input.wo),
      bo_(input.bo) {
  SplitHeads split = split_heads(input, options);
  query_ = std::move(split.query);
  key_ = std::move(split.key);
  value_ = std::move(split.value);
  leading_ = split.leading;
  has_head_axis_ = split.has_head_axis;
  single_precision_ = options.precision == Precision::input;
  for (const AttendTensor& one : attend_tensors()) {
    const Tensor& tensor = input.*one.tensor;
    if (tensor.empty() || !one.multiplied) continue;
    check_finite(tensor, std::string("$") + one.name);
    single_precision_ = single_precision_ && is_single(tensor.dtype());
  }
  const std::size_t items = leading_ == Leading::none ? 1 : places();
  mask_ = mask_by_axes(mask_, items, heads(), queries());
  axes_ = options.file_axes.empty() ? split.axes : options.file_axes;
  check_causal_order();
  check_rules();
  check_output();
  notes_.insert(notes_.begin(), reading_note());
}

std::string MultiHeadAttention::reading_note() const {
  const bool cross = queries() != keys() && !causal();
  std::string text = "read as " + axes_text(axes_) + ": ";
  if (leading_ == Leading::batch) {
    text += counted(places(), "batch item") + ", ";
  } else {
    text += counted(places(), "layer") + " of ";
  }
  text += counted(heads(), "head") + ", ";
  if (key_.heads() != heads()) text += "which share " + counted(key_.heads(), "key head") + ", ";
  text += queries() == keys() ? counted(keys(), "token")
                              : counted(queries(), "query") + " and " + counted(keys(), "key");
  text += " of width " + std::to_string(query_.width());
  text += cross ? ", cross-attention" : ", self-attention";
  if (!cross) text += causal() ? ", causal" : ", not causal";
  const bool masked = causal() || !mask_.empty() || !bias_.empty() || options_.window;
  if (!cross && !masked) text += " (no mask: $causal for a decoder)";
  const std::string other = other_reading();
  if (!other.empty()) return text + "; " + other;
  const bool wide =
      axes_.size() == 2 && heads() == 1 && !options_.heads && query_.width() > widest_head;
  return wide ? text + "; $heads N where heads lie side by side in it" : text;
}

std::string MultiHeadAttention::other_reading() const {
  Axes axes = axes_;
  const bool guessed = options_.axes.empty() || options_.guessed_axes;
  const bool heads_first = axes.size() > 2 && axes[axes.size() - 3] == Axis::head;
  if (!guessed || !heads_first || heads() != key_.heads()) return "";
  if (queries() % keys() != 0) return "";
  std::swap(axes[axes.size() - 3], axes[axes.size() - 2]);
  std::string text = "$axes " + axes_option(axes) + " would make " + counted(queries(), "head");
  if (queries() != keys()) text += ", which share " + counted(keys(), "key head") + ",";
  return text + " of " + counted(heads(), "token");
}

void MultiHeadAttention::check_causal_order() const {
  const std::string other = other_reading();
  if (!causal() || queries() <= keys() || other.empty()) return;
  throw InputError("$query",
                   "read as " + axes_text(axes_) + " has " + counted(queries(), "query") + " and " +
                       counted(keys(), "key") + ", and causal attention has a key for each query",
                   other);
}

void MultiHeadAttention::check_rules() {
  if (options_.window == std::size_t{0}) throw ArgumentError("$window", "is 0, expected 1 or more");
  if (options_.softcap && !(*options_.softcap >= 1e-30 && *options_.softcap <= 1e30)) {
    throw ArgumentError("$softcap", number_text(*options_.softcap) + " is outside 1e-30 to 1e30");
  }
  const Shape shape{places(), heads(), queries(), keys()};
  if (!mask_.empty()) check_mask(mask_, shape);
  if (bias_.rank() == 1) bias_ = bias_.with_axis(0);
  if (!bias_.empty()) notes_ = check_bias(bias_, shape);
  if (sink_logits_.empty()) return;
  if (options_.normalizer != Normalizer::softmax) {
    throw ArgumentError("$sink-logits", "go with softmax only");
  }
  if (sink_logits_.shape() != Shape{heads()} && sink_logits_.shape() != Shape{places(), heads()}) {
    throw InputError("$sink-logits", "has shape " + shape_text(sink_logits_.shape()) +
                                         ", expected one number for each of " +
                                         std::to_string(heads()) + " heads");
  }
  check_finite(sink_logits_, "$sink-logits");
}

void MultiHeadAttention::check_output() const {
  if (wo_.empty()) {
    if (!bo_.empty()) throw ArgumentError("$bo", "needs $wo");
    return;
  }
  if (!has_values()) throw ArgumentError("$wo", "needs values: $value, or $input with $wv");
  const std::size_t in = heads() * value_.width();
  if (wo_.rank() != 2 || wo_.shape()[1] != in) {
    throw InputError("$wo", "has shape " + shape_text(wo_.shape()) + ", expected [out, " +
                                std::to_string(in) + "]");
  }
  if (!bo_.empty() && bo_.shape() != Shape{wo_.shape()[0]}) {
    throw InputError("$bo", "has shape " + shape_text(bo_.shape()) + ", expected [" +
                                std::to_string(wo_.shape()[0]) + "]");
  }
}

std::size_t MultiHeadAttention::output_width() const {
  return wo_.empty() ? heads() * value_.width() : wo_.shape()[0];
}

RowRules MultiHeadAttention::rules(std::size_t place, std::size_t head) const {
  RowRules rules;
  rules.scores.scale =
      options_.scale.factor.value_or(1 / std::sqrt(static_cast<double>(query_.width())));
  rules.scores.softcap = options_.softcap;
  rules.scores.causal = options_.causal;
  rules.scores.window = options_.window;
  rules.scores.mask = head_view(mask_, place, head);
  rules.scores.bias = head_view(bias_, place, head);
  rules.normalizer = options_.normalizer;
  if (!sink_logits_.empty()) {
    const Tensor logits = sink_logits_.rank() == 2 ? sink_logits_.at(0, place) : sink_logits_;
    rules.sink_logit = logits.to_doubles()[head];
  }
  return rules;
}

bool MultiHeadAttention::sees_no_later_key() const {
  if (options_.causal) return true;
  const bool by_head = mask_.rank() > 2 || bias_.rank() > 2;
  const std::size_t shown_heads = by_head ? heads() : 1;
  const std::size_t shown_places = by_head ? places() : 1;
  for (std::size_t i = 0; i < shown_places * shown_heads; ++i) {
    const ScoreRules scores = rules(i / shown_heads, i % shown_heads).scores;
    if (!hides_later_keys(scores, static_cast<Index>(queries()), static_cast<Index>(keys()))) {
      return false;
    }
  }
  return true;
}

template <typename Scalar>
RowBlockMaker<Scalar> MultiHeadAttention::row_block_maker(std::size_t place,
                                                          std::size_t head) const {
  return {query_.head<Scalar>(place, head), key_.head<Scalar>(place, key_head(head)),
          rules(place, head)};
}

template RowBlockMaker<float> MultiHeadAttention::row_block_maker<float>(std::size_t,
                                                                         std::size_t) const;
template RowBlockMaker<double> MultiHeadAttention::row_block_maker<double>(std::size_t,
                                                                           std::size_t) const;

template <typename Scalar>
std::unique_ptr<HeadParts> MultiHeadAttention::parts(std::size_t place, std::size_t head) const {
  return softmax_parts<Scalar>(query_.head<Scalar>(place, head),
                               key_.head<Scalar>(place, key_head(head)), rules(place, head));
}

template std::unique_ptr<HeadParts> MultiHeadAttention::parts<float>(std::size_t,
                                                                     std::size_t) const;
template std::unique_ptr<HeadParts> MultiHeadAttention::parts<double>(std::size_t,
                                                                      std::size_t) const;

template <typename Scalar>
Index MultiHeadAttention::largest_weights(
    std::size_t place, std::size_t head, std::size_t count,
    const std::function<void(const LargestWeights<Scalar>&)>& visit) const {
  return for_each_largest_weights<Scalar>(query_.head<Scalar>(place, head),
                                          key_.head<Scalar>(place, key_head(head)),
                                          rules(place, head), count, visit);
}

template Index MultiHeadAttention::largest_weights<float>(
    std::size_t, std::size_t, std::size_t,
    const std::function<void(const LargestWeights<float>&)>&) const;
template Index MultiHeadAttention::largest_weights<double>(
    std::size_t, std::size_t, std::size_t,
    const std::function<void(const LargestWeights<double>&)>&) const;

template <typename Scalar>
MatrixOf<Scalar> MultiHeadAttention::value(std::size_t place, std::size_t head) const {
  return value_.head<Scalar>(place, key_head(head));
}

template MatrixF MultiHeadAttention::value<float>(std::size_t, std::size_t) const;
template Matrix MultiHeadAttention::value<double>(std::size_t, std::size_t) const;

template <typename Scalar>
MatrixOf<Scalar> MultiHeadAttention::output(MatrixOf<Scalar> concatenated) const {
  if (wo_.empty()) return concatenated;
  MatrixOf<Scalar> features = concatenated * matrix_of<Scalar>(wo_).transpose();
  if (!bo_.empty()) features.rowwise() += matrix_of<Scalar>(bo_.with_axis(0)).row(0);
  return features;
}

template MatrixF MultiHeadAttention::output<float>(MatrixF) const;
template Matrix MultiHeadAttention::output<double>(Matrix) const;

}  // namespace attngraph
