#include "options/attention_options.hpp"

#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {

void AttentionOptions::declare_tensors(OptionTable& options) {
  options.group("Queries and keys");
  options.text("--query", query_,
               "[token, width]; [head, token, width], or batch first with --heads or projections; "
               "[layer, head, token, width]; after rotary embedding",
               "FILE");
  options.text("--key", key_, "as many axes; query heads may share key heads in groups", "FILE");
  options.text("--input", input_, "what queries, keys and values are projected from", "FILE");
  options.text("--wq", wq_, "projection of queries, [out, in] as PyTorch stores it", "FILE");
  options.text("--wk", wk_, "projection of keys", "FILE");
  options.text("--wv", wv_, "projection of values", "FILE");
  options.text("--bq", bq_, "bias of queries", "FILE");
  options.text("--bk", bk_, "bias of keys", "FILE");
  options.text("--bv", bv_, "bias of values", "FILE");
  options.count("--heads", rules.heads, "heads that lie side by side in the last axis");
  options.flag("--shared-projection", rules.shared_projection,
               "every head goes through the same [width of a head, width of a head]");
  options.choice("--precision", rules.precision,
                 {{"input", Precision::input}, {"double", Precision::float64}},
                 "precision of products and weights");
}

void AttentionOptions::declare_value(OptionTable& options, const std::string& help) {
  options.text("--value", value_, help, "FILE");
}

void AttentionOptions::declare_output(OptionTable& options) {
  options.text("--wo", wo_, "projection of the concatenated heads", "FILE");
  options.text("--bo", bo_, "bias of the output", "FILE");
}

void AttentionOptions::declare_scores(OptionTable& options) {
  options.group("Scores");
  options.parsed(
      "--scale", "NUMBER|none", "1/sqrt(width of a head)",
      [this](const std::string& text) { rules.scale = scale_named(text); },
      "what products are multiplied with");
  options.text("--mask", mask_,
               "non-zero may attend (the opposite of PyTorch's MultiheadAttention); broadcasts to "
               "[layer, head, query, key]",
               "FILE");
  options.text("--bias", bias_, "added to the scores; -inf masks", "FILE");
  options.count("--window", rules.window, "a query sees the W keys nearest to it, itself included");
  options.number("--softcap", rules.softcap, "scores become c*tanh(score/c)");
  options.text("--sink-logits", sink_logits_,
               "a score of each head that joins the sum without a key", "FILE");
  options.choice("--normalizer", rules.normalizer,
                 {{"softmax", Normalizer::softmax},
                  {"sparsemax", Normalizer::sparsemax},
                  {"entmax15", Normalizer::entmax15}},
                 "what turns scores into weights");
}

AttendInput AttentionOptions::input(Job& job, std::optional<Dtype> dtype) const {
  const auto tensor = [&](const std::string& option) {
    const Tensor read = job.tensor(option);
    const bool other = dtype && !read.empty() && !is_floating(read.dtype()) &&
                       dtype_size(*dtype) == dtype_size(read.dtype());
    return other ? read.reinterpreted(*dtype) : read;
  };
  AttendInput input;
  input.query = tensor(query_);
  input.key = tensor(key_);
  input.value = tensor(value_);
  input.input = tensor(input_);
  input.wq = tensor(wq_);
  input.wk = tensor(wk_);
  input.wv = tensor(wv_);
  input.wo = tensor(wo_);
  input.bq = tensor(bq_);
  input.bk = tensor(bk_);
  input.bv = tensor(bv_);
  input.bo = tensor(bo_);
  input.mask = job.tensor(mask_);
  input.bias = job.tensor(bias_);
  input.sink_logits = tensor(sink_logits_);
  return input;
}

Tensor AttentionOptions::value(Job& job) const { return job.tensor(value_); }

MultiHeadAttention AttentionOptions::selected(Job& job) const {
  const StackRequest& request = job.request();
  if (request.fuse) throw ArgumentError("--fuse", "does not go with --query and --key");
  if (!job.common().inputs.empty() || !job.common().files_from.empty()) {
    throw ArgumentError("", "an INPUT is given, and --query, --key or --input too",
                        "name attention, or what it is made from");
  }
  AttendOptions chosen = rules;
  chosen.causal = request.causal.value_or(false);
  chosen.layers = request.layers;
  chosen.head_indices = request.heads;
  AttendInput tensors = input(job, request.dtype);
  if (!request.batch) return MultiHeadAttention(tensors, chosen);
  if (MultiHeadAttention(tensors, chosen).leading() != Leading::batch) {
    throw ArgumentError("--batch",
                        "needs a batch axis: [batch, token, width] and --heads or "
                        "projections");
  }
  return MultiHeadAttention(batch_item(std::move(tensors), *request.batch), chosen);
}

AttendInput batch_item(AttendInput input, std::size_t item) {
  for (Tensor* tensor : {&input.query, &input.key, &input.value, &input.input}) {
    if (tensor->empty()) continue;
    const std::size_t items = tensor->shape()[0];
    if (item >= items) {
      throw ArgumentError("--batch", "there is no item " + std::to_string(item) +
                                         ", expected 0 to " + std::to_string(items - 1));
    }
    *tensor = tensor->slice(0, item, 1);
  }
  for (Tensor* tensor : {&input.mask, &input.bias}) {
    const bool own = tensor->rank() == 4 && tensor->shape()[0] > 1;
    if (own) *tensor = tensor->slice(0, item, 1);
  }
  return input;
}

}  // namespace attngraph
