#include "report/questions/attend.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class AttendCommand : public Command {
 public:
  Manual manual() const override {
    return {"attend",
            "Attention weights, and the features they make, from queries and keys or projections.",
            {{"attngraph attend --query data/deck/03-attention/query.npy --key "
              "data/deck/03-attention/key.npy",
              "weights of one head, scaled by 1/sqrt(width)"},
             {"attngraph attend --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal --top-k 3 --csv",
              "the three largest weights of every query, without storing a matrix"},
             {"attngraph attend --input data/deck/07-self-attention-module/x.npy --wq "
              "data/deck/07-self-attention-module/wq.npy --wk "
              "data/deck/07-self-attention-module/wk.npy --heads 4 --shared-projection",
              "two items of a batch through the projections of a layer"}},
            answers::rows_and_arrays,
            InputKind::options};
  }

  void declare(OptionTable& options) override {
    attention_.declare_tensors(options);
    attention_.declare_precision(options);
    values_.declare(options, "value", "what the weights multiply, for --features-out");
    for (const char* name : {"wv", "bv", "wo", "bo"}) values_.declare(options, name);
    options.parsed(
        "--dtype", "TYPE", "", [this](const std::string& text) { dtype_ = dtype_named(text); },
        "read integers of its size as this type, for example bfloat16 for uint16 arrays");
    options.parsed(
        "--axes", "LIST", "", [this](const std::string& text) { axes_ = axes_named(text); },
        "what the axes are, for example batch,token,head,width");
    declare_selection(options);
    attention_.declare_scores(options);
    options.yes_or_no("--causal", causal_,
                      "whether a query sees keys up to its own place only; aligned at the end "
                      "where there are more keys than queries");
    options.text("--tokens", tokens_, "labels of the keys: a JSON list, or one per line", "FILE");
    options.text("--query-tokens", query_tokens_, "labels of the queries, where they are others",
                 "FILE");
    options.group("Answer");
    options.count("--top-k", options_.top_k,
                  "only the K largest weights of each query, as they are");
    options.further_output("--features-out", features_out_, "write the output features to FILE");
  }

  void check(const Asked& asked) const override {
    if (options_.top_k == std::size_t{0}) {
      throw ArgumentError("--top-k", "is 0, expected 1 or more");
    }
    if (asked.form() == Form::matrices) asked.refuse({"top-k"}, "gives rows, not an array");
    if (!features_out_.empty() && asked.gives("head")) {
      throw ArgumentError("--head", "does not go with --features-out: features are of all heads");
    }
    if (features_out_.empty()) {
      asked.remark({"value", "wv", "bv", "wo", "bo"},
                   "makes output features, which --features-out writes");
    } else if (!asked.gives("value") && !asked.gives("wv")) {
      throw ArgumentError("--features-out", "needs values: --value, or --input with --wv");
    }
  }

  AnswerColumns columns() const override { return attend_columns(); }

  void answer(Job& job) override {
    if (dtype_) job.read_integers_as(*dtype_);
    options_.attention = attention_.rules;
    options_.attention.causal = causal_.value_or(false);
    const AttendInput input = input_of(job);
    if (!tokens_.empty()) options_.tokens = job.labels(tokens_);
    if (!query_tokens_.empty()) options_.query_tokens = job.labels(query_tokens_);
    attend_report(input, options_, job.sink(), job.second_sink(features_out_));
  }

 private:
  AttentionOptions attention_;
  TensorOptions values_;
  AttendReportOptions options_;
  std::optional<Dtype> dtype_;
  Axes axes_;
  std::optional<bool> causal_;
  std::string tokens_, query_tokens_, features_out_;

  AttendInput input_of(Job& job) {
    if (!attention_.of_layers(job)) {
      AttendInput input = attention_.input(job, dtype_, values_);
      options_.attention.axes = attention_.axes(input, axes_);
      return input;
    }
    ReadingRequest request;
    request.axes = axes_;
    request.dtype = dtype_;
    request.batch = single_batch();
    request.cross = true;  // what the queries ask is not of this question
    return attention_.layered_input(job, request, values_, options_.attention);
  }

  /// Of layers by globs one item of the batch is taken.
  std::optional<std::size_t> single_batch() {
    constexpr std::size_t most = 1 << 20;
    if (options_.batches.empty()) return std::nullopt;
    const auto items = options_.batches.resolve(most, "--batch");
    if (items.size() > 1) {
      throw ArgumentError("--batch", "chooses one item where --query and --key name layers");
    }
    options_.batches = {};
    return items.front();
  }

  void declare_selection(OptionTable& options) {
    const auto list = [&](const std::string& name, IndexList& indices, const std::string& help) {
      options.list(
          name, "LIST", "",
          [&indices, name](const std::string& text) { indices = IndexList::parse(text, name); },
          help);
    };
    list("--layer", options_.layers, "which layers: 0,3-5,-1 (default: all)");
    list("--head", options_.heads, "which heads: 0,3-5,-1 (default: all)");
    list("--batch", options_.batches, "which items of the batch (default: all)");
  }
};

}  // namespace

std::unique_ptr<Command> attend_command() { return std::make_unique<AttendCommand>(); }

}  // namespace attngraph
