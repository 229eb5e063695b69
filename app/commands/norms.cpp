#include "report/questions/norms.hpp"

#include "command.hpp"
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
            {Format::table, Format::csv, Format::tsv, Format::json, Format::jsonl, Format::npy,
             Format::npz}};
  }

  void declare(OptionTable& options) override {
    options.text("--value", value_,
                 "values [layer, head, token, width]; for one layer without the first axis",
                 "FILE");
    options.text("--bv", bv_, "bias added to the values, unless they hold it already", "FILE");
    options.text("--wo", wo_, "output projection [layer, out, in], or of one layer [out, in]",
                 "FILE");
    options.text("--residual-stream", residual_stream_,
                 "inputs of the layers [layer, token, width], added to the diagonal", "FILE");
    options.flag("--per-head", options_.per_head, "with --wo: each head by itself");
    options.flag("--mixing", options_.mixing,
                 "the share of each token's new vector that comes from other tokens");
  }

  void answer(Job& job) override {
    options_.value = job.tensor(value_);
    options_.bv = job.tensor(bv_);
    options_.wo = job.tensor(wo_);
    options_.residual_stream = job.tensor(residual_stream_);
    norms_report(job.stack(), options_, job.sink());
  }

 private:
  std::string value_, bv_, wo_, residual_stream_;
  NormsOptions options_;
};

}  // namespace

std::unique_ptr<Command> norms_command() { return std::make_unique<NormsCommand>(); }

}  // namespace attngraph
