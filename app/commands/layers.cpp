#include "report/questions/layers.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class LayersCommand : public Command {
 public:
  Manual manual() const override {
    return {"layers",
            "The graph through all layers, with the routes that matter set off.",
            {{"attngraph layers data/minilm/short/attention.npy --top-k 1 --csv",
              "where each token of each layer takes most from"},
             {"attngraph layers data/minilm/short/attention.npy --tokens "
              "data/minilm/short/tokens.json --from graph --to 0 --count 3 -o routes.svg",
              "the three most probable routes from a word to the first token"},
             {"attngraph layers data/deck/10-11-layered-flow/attention.npy --axes "
              "layer,query,key --residual none --format graphml",
              "every edge between two layers, for other programs"}},
            answers::rows_and_graphs,
            InputKind::attention,
            {.merging = Merging::answer_of_shares}};
  }

  void declare(OptionTable& options) override {
    options.text("--from", options_.from, "set off the routes from this input: index or label",
                 "TOKEN");
    options.text("--to", options_.to, "to this output: index, label, or last", "TOKEN");
    options.count("--count", options_.count,
                  "how many routes (default: " + std::to_string(routes_set_off) + ")");
    declare_edge_choice(options, options_.choice);
    declare_layers(options, options_.transition.residual, options_.start_layer, options_.end_layer);
    options.number("--discard", options_.transition.discard,
                   "set this share of each layer's entries to zero, the smallest");
    options.text("--gradient", gradient_,
                 "gradients of the attention: heads become the mean of max(0, A * gradient)",
                 "FILE");
    options.flag("--edge-labels", options_.edge_labels, "write weights beside drawn edges");
  }

  void check(const Asked& asked) const override { check_options(options_, asked.form()); }

  AnswerColumns columns() const override { return layers_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    return {layers_columns({.from = "0", .to = "0"})};
  }

  void answer(Job& job) override {
    LayersOptions options = options_;
    const Attention stack = transition_stack(job, options.transition);
    if (!gradient_.empty()) options.transition.gradient = job.layers_of(gradient_);
    layers_report(stack, options, job.sink());
  }

 private:
  LayersOptions options_;
  std::string gradient_;
};

}  // namespace

std::unique_ptr<Command> layers_command() { return std::make_unique<LayersCommand>(); }

}  // namespace attngraph
