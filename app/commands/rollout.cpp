#include "report/questions/rollout.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/options.hpp"
#include "options/patch_options.hpp"

namespace attngraph {
namespace {

class RolloutCommand : public Command {
 public:
  Manual manual() const override {
    return {"rollout",
            "How much of each input reaches each output through all layers?",
            {{"attngraph rollout data/deck/11-rollout/attention.npy --axes layer,query,key "
              "--residual none",
              "the product of the layers alone"},
             {"attngraph rollout data/minilm/cats/attention.npy --target 0",
              "what the first token is made of"},
             {"attngraph rollout data/minilm/cats/attention.npy --fuse max --discard 0.9 --csv",
              "only the strongest tenth of each layer's largest heads"}},
            answers::rows_arrays_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one, .merging = Merging::answer_of_shares, .own_products = true}};
  }

  void declare(OptionTable& options) override {
    declare_layers(options, options_.transition.residual, options_.start_layer, options_.end_layer);
    options.number("--discard", options_.transition.discard,
                   "set this share of each layer's entries to zero, the smallest");
    options.text("--gradient", gradient_,
                 "gradients of the attention: heads become the mean of max(0, A * gradient)",
                 "FILE");
    options.flag("--prefixes", options_.prefixes, "every partial product, one for each layer");
    options.text("--target", options_.target,
                 "one output only: index or label, last, or mean of all", "TOKEN");
    options.flag("--causal-null", options_.causal_null,
                 "divide by the rollout of uniform causal attention");
    patches_.declare(options);
  }

  void check(const Asked& asked) const override { check_patches(asked, options_.target); }

  AnswerColumns columns() const override { return rollout_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    return {rollout_columns({}), asked_by("$prefixes", rollout_columns({.prefixes = true}))};
  }

  void answer(Job& job) override {
    RolloutOptions options = options_;
    options.precision = job.common().computed.rules.precision;
    options.patches = patches_.picture(job.common().limits);
    const Attention stack = transition_stack(job, options.transition);
    if (!gradient_.empty()) options.transition.gradient = job.layers_of(gradient_);
    rollout_report(stack, options, job.sink());
  }

 private:
  RolloutOptions options_;
  PatchOptions patches_;
  std::string gradient_;
};

}  // namespace

std::unique_ptr<Command> rollout_command() { return std::make_unique<RolloutCommand>(); }

}  // namespace attngraph
