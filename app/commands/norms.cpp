#include "report/questions/norms.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class NormsCommand : public Command {
 public:
  Manual manual() const override {
    return {"norms",
            "How much does attention carry, when weights are multiplied with the values?",
            {{"attngraph norms data/minilm/short/attention.npy --layer 2 --value "
              "data/minilm/short/qkv.safetensors:value --wo data/minilm/short/wo_layer2.npy",
              "the sum of all heads through the output projection"},
             {"attngraph norms data/small/gpt/attention.npy --value data/small/gpt/value.npy "
              "--head 0 --csv",
              "single heads, without the output projection"},
             {"attngraph norms data/minilm/short/attention.npy --layer 2 --value "
              "data/minilm/short/qkv.safetensors:value --wo data/minilm/short/wo_layer2.npy "
              "--mixing",
              "how much of each token comes from others"}},
            answers::rows_arrays_and_pictures,
            InputKind::attention,
            {.merging = Merging::answer}};
  }

  void declare(OptionTable& options) override {
    values_.declare(options, "value",
                    "values [layer, head, token, width]; for one layer without the first axis");
    values_.declare(options, "bv", "bias added to the values, unless they hold it already");
    values_.declare(options, "wv");
    options.text("--wo", wo_, "output projection [layer, out, in], or of one layer [out, in]",
                 "FILE");
    options.text("--residual-stream", residual_stream_,
                 "inputs of the layers [layer, token, width], added to the diagonal", "FILE");
    options.flag("--per-head", options_.per_head, "with --wo: each head by itself");
    options.flag("--mixing", options_.mixing,
                 "the share of each token's new vector that comes from other tokens");
  }

  void check(const Asked& asked) const override {
    // An INPUT of queries and keys may hold values too.
    const bool made = !asked.first_of({"query", "key", "input"}).empty();
    if (made && asked.first_of({"value", "wv"}).empty()) {
      throw ArgumentError("--value", "is missing");
    }
    if (wo_.empty()) asked.refuse({"residual-stream", "mixing", "per-head"}, "needs --wo");
    if (options_.per_head && asked.first_of({"residual-stream", "mixing"}) != "") {
      throw ArgumentError(
          "--per-head",
          "does not go with --residual-stream or --mixing, which are about the sum of "
          "all heads");
    }
    if (asked.form() == Form::matrices) asked.refuse({"mixing"}, "gives rows, not an array");
  }

  AnswerColumns columns() const override { return norms_columns(options_.mixing); }
  std::vector<AnswerColumns> every_columns() const override {
    return {norms_columns(false), asked_by("$mixing", norms_columns(true))};
  }

  void answer(Job& job) override {
    const bool computed = job.common().computed.given();
    TensorOptions of_attention = values_;
    if (!values_.given("wv")) {
      options_.bv = values_.tensor(job, "bv");
      of_attention.leave_out("bv");
    }
    const Attention attention = job.attention(of_attention);
    if (!computed) options_.value = job.values_beside(attention, values_.file("value"));
    options_.wo = job.tensor(wo_);
    options_.residual_stream = job.tensor(residual_stream_);
    norms_report(attention, options_, job.sink());
  }

 private:
  TensorOptions values_;
  std::string wo_, residual_stream_;
  NormsOptions options_;
};

}  // namespace

std::unique_ptr<Command> norms_command() { return std::make_unique<NormsCommand>(); }

}  // namespace attngraph
