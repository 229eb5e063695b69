#include "options/attention_options.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "attention/computed/mask_sense.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"
#include "output/option_notation.hpp"
#include "reading/arrays/tokens/token_arrays.hpp"

namespace attngraph {
namespace {

const AttendTensor& tensor_named(const std::string& name) {
  const auto all = attend_tensors();
  return *std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
}

}  // namespace

void TensorOptions::declare(OptionTable& options, const std::string& name, std::string help) {
  if (help.empty()) help = in_dashes(tensor_named(name).help);
  options.text("--" + name, files_[name], help, "FILE");
}

bool TensorOptions::given(const std::string& name) const {
  const auto file = files_.find(name);
  return file != files_.end() && !file->second.empty();
}

bool TensorOptions::of_input() const {
  return std::any_of(files_.begin(), files_.end(),
                     [](const auto& file) { return file.second.starts_with(':'); });
}

Tensor TensorOptions::tensor(Job& job, const std::string& name) const {
  const auto file = files_.find(name);
  if (file == files_.end()) return {};
  const bool layers = name == "value" && job.names_several(file->second);
  Tensor tensor =
      layers ? job.layers_of_tokens(file->second, job.request()) : job.tensor(file->second);
  if (name == "mask") refuse_inverted_mask(file->second, tensor);
  return tensor;
}

bool TensorOptions::read(Job& job, std::optional<Dtype> dtype, AttendInput& input) const {
  bool reinterpreted = false;
  for (const auto& [name, ignored] : files_) {
    const Tensor tensor = this->tensor(job, name);
    const AttendTensor& field = tensor_named(name);
    const bool scores = name == "mask" || name == "bias";
    const bool other = dtype && !scores && !tensor.empty() && !is_floating(tensor.dtype()) &&
                       dtype_size(*dtype) == dtype_size(tensor.dtype());
    reinterpreted |= other;
    input.*field.tensor = other ? tensor.reinterpreted(*dtype) : tensor;
  }
  return reinterpreted;
}

std::string TensorOptions::file(const std::string& name) const {
  const auto file = files_.find(name);
  return file == files_.end() ? std::string() : file->second;
}

void AttentionOptions::declare_tensors(OptionTable& options) {
  options.group("Queries and keys");
  for (const char* name : {"query", "key", "input", "wq", "wk", "bq", "bk"}) {
    files_.declare(options, name);
  }
  options.count("--heads", rules.heads, "heads that lie side by side in the last axis");
  options.flag("--shared-projection", rules.shared_projection,
               "every head goes through the same [width of a head, width of a head]");
}

void AttentionOptions::declare_precision(OptionTable& options) {
  options.choice("--precision", rules.precision,
                 {{"input", Precision::input}, {"double", Precision::float64}},
                 "precision of products and weights");
}

void AttentionOptions::declare_scores(OptionTable& options) {
  options.group("Scores");
  options.parsed(
      "--scale", "NUMBER|none", "1/sqrt(width of a head)",
      [this](const std::string& text) { rules.scale = scale_named(text); },
      "what products are multiplied with");
  files_.declare(options, "mask");
  files_.declare(options, "bias");
  options.count("--window", rules.window,
                "a query sees the keys less than N places away, itself among them");
  options.number("--softcap", rules.softcap, "scores become c*tanh(score/c)");
  files_.declare(options, "sink-logits");
  options.choice("--normalizer", rules.normalizer,
                 {{"softmax", Normalizer::softmax},
                  {"sparsemax", Normalizer::sparsemax},
                  {"entmax15", Normalizer::entmax15}},
                 "what turns scores into weights");
}

bool AttentionOptions::given() const {
  return files_.given("query") || files_.given("key") || files_.given("input");
}

QueryRules AttentionOptions::rules_of_input(Job& job) const {
  QueryRules of_input{rules, {}, {}, {}, {}};
  const auto given = [&](const char* option, bool is) {
    if (is && of_input.option.empty()) of_input.option = std::string("--") + option;
  };
  given("scale", rules.scale.factor.has_value());
  given("window", rules.window.has_value());
  given("softcap", rules.softcap.has_value());
  given("precision", !own_products && rules.precision != Precision::input);
  given("normalizer", rules.normalizer != Normalizer::softmax);
  for (const char* option : {"mask", "bias", "sink-logits"}) given(option, files_.given(option));
  given("heads", rules.heads.has_value());  // the last: beside attention it may be about values
  of_input.mask = files_.tensor(job, "mask");
  of_input.bias = files_.tensor(job, "bias");
  of_input.sink_logits = files_.tensor(job, "sink-logits");
  return of_input;
}

AttendInput AttentionOptions::input(Job& job, std::optional<Dtype> dtype,
                                    const TensorOptions& values) const {
  AttendInput input;
  const bool of_attention = files_.read(job, dtype, input);
  const bool of_values = values.read(job, dtype, input);
  if (dtype && !of_attention && !of_values) {
    throw ArgumentError("--dtype", "reads integers of its size, no tensor holds such");
  }
  return input;
}

MultiHeadAttention AttentionOptions::heads(Job& job, const TensorOptions& values) const {
  const StackRequest& request = job.request();
  AttendOptions chosen = rules;
  if (of_layers(job)) {
    chosen.causal = request.causal.value_or(!files_.given("query"));
    const AttendInput layers = layered_input(job, request, values, chosen);
    return MultiHeadAttention(layers, chosen);
  }
  AttendInput tensors = input(job, request.dtype, values);
  const bool alone = request.keys_suffice && keys_alone();
  if (alone) tensors.query = tensors.key;
  chosen.causal = request.causal.value_or(alone);
  chosen.axes = axes(tensors, request.axes);
  if (!request.batch) return MultiHeadAttention(tensors, chosen);
  if (MultiHeadAttention(tensors, chosen).leading() != Leading::batch) {
    throw ArgumentError("--batch",
                        "needs a batch axis: [batch, token, width] and --heads or "
                        "projections, or --axes that names it");
  }
  const auto batch = std::find(chosen.axes.begin(), chosen.axes.end(), Axis::batch);
  const auto axis = chosen.axes.empty() ? 0 : batch - chosen.axes.begin();
  return MultiHeadAttention(
      batch_item(std::move(tensors), static_cast<std::size_t>(axis), *request.batch), chosen);
}

Axes AttentionOptions::axes(const AttendInput& input, const Axes& axes) const {
  if (!axes.empty()) return axes;
  const std::string file = files_.file("query");
  const auto colon = file.rfind(':');
  if (colon == std::string::npos) return {};
  return token_axes_of_name(file.substr(colon + 1), input.query.rank());
}

AttendInput batch_item(AttendInput input, std::size_t axis, std::size_t item) {
  std::size_t items = 0;
  for (Tensor* tensor : {&input.query, &input.key, &input.value, &input.input}) {
    if (tensor->empty()) continue;
    items = tensor->shape()[axis];
    if (item >= items) {
      throw ArgumentError("--batch", "there is no item " + std::to_string(item) +
                                         ", expected 0 to " + std::to_string(items - 1));
    }
    *tensor = tensor->slice(axis, item, 1);
  }
  for (Tensor* tensor : {&input.mask, &input.bias}) {
    const bool of_keys = tensor == &input.mask && tensor->rank() == 2;  // [batch, key]
    const bool own = tensor->rank() == 4 ? tensor->shape()[0] > 1
                                         : of_keys && items > 1 && tensor->shape()[0] == items;
    if (own) *tensor = tensor->slice(0, item, 1);
  }
  return input;
}

namespace {

constexpr std::array<std::string_view, 6> of_projections{"wq", "wk", "wv",
                                                         "bq", "bk", "shared-projection"};
constexpr std::array<std::string_view, 9> of_scores{"heads",      "scale",   "mask",
                                                    "window",     "softcap", "sink-logits",
                                                    "normalizer", "bias",    "precision"};

void refuse(std::span<const std::string_view> names, const Parsed& parsed, const char* problem,
            const char* hint) {
  for (const GivenOption& option : parsed.given) {
    const bool found = std::find(names.begin(), names.end(), option.name) != names.end();
    if (found) throw ArgumentError("--" + option.name, problem, hint);
  }
}

constexpr const char* what_they_go_with = "goes with --query and --key, or with --input";
constexpr const char* where_they_may_be =
    "attention that is in a file already needs none of it; queries and keys in an INPUT are named "
    "with --query :NAME --key :NAME";

}  // namespace

void check_attention_options(const AttentionOptions& attention, const Parsed& parsed) {
  constexpr std::array<std::string_view, 2> of_files{"tensor", "stack"};
  if (attention.given()) {
    refuse(of_files, parsed, "is about attention in a file, not about --query, --key and --input",
           "");
  } else {
    refuse(of_projections, parsed, what_they_go_with, where_they_may_be);
  }
}

void refuse_scores(const Parsed& parsed) {
  refuse(of_scores, parsed, "is about attention that is made of queries and keys",
         "where the INPUT holds them, heads and attend ask with it, and here --query :NAME --key "
         ":NAME names them; attention that is in a file needs none of it");
}

}  // namespace attngraph
