#include "report/questions/flow.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/options.hpp"
#include "options/patch_options.hpp"

namespace attngraph {
namespace {

class FlowCommand : public Command {
 public:
  Manual manual() const override {
    return {"flow",
            "How much of each input can reach each output through all layers, as maximum flow?",
            {{"attngraph flow data/minilm/cats/attention.npy --target 0",
              "one output; saturated flows equal a bound that the inner layers do not move"},
             {"attngraph flow data/minilm/short/attention.npy --end-layer 1 --relative --csv",
              "two layers, each output's flows as shares of their sum"},
             {"attngraph flow data/minilm/short/attention.npy --target 4 --from 1 --cut",
              "the edges that hold the flow back"}},
            answers::rows_arrays_and_pictures,
            InputKind::attention,
            {.row_sums = RowSums::one, .merging = Merging::answer}};
  }

  void declare(OptionTable& options) override {
    options.text("--target", options_.target, "one output: index, label, or last (default: all)",
                 "TOKEN");
    options.text("--from", options_.from, "one input: index or label (default: all)", "TOKEN");
    declare_layers(options, options_.transition.residual, options_.start_layer, options_.end_layer);
    options.flag("--relative", relative_, "divide the flows of an output by their sum over inputs");
    options.flag("--causal-null", causal_null_,
                 "divide by the flow under uniform causal attention");
    options.flag("--cut", cut_,
                 "the edges of each minimum cut, of several the one nearest the input");
    options.choice("--engine", options_.engine, {{"own", Engine::own}, {"igraph", Engine::igraph}},
                   "who finds the flows: the kernel for layers, or igraph for comparison");
    patches_.declare(options);
  }

  void check(const Asked& asked) const override {
    asked.at_most_one({"relative", "causal-null"});
    check_patches(asked, options_.target);
    if (is_seen(asked.form())) asked.refuse({"from"}, "leaves one input, a picture shows all");
    if (!cut_) return;
    asked.refuse({"relative", "causal-null"},
                 "does not go with --cut, which gives capacities as they are");
    asked.refuse({"words", "drop-special", "segments"},
                 "does not go with --cut, which names edges between single tokens");
    if (asked.form() != Form::rows) asked.refuse({"cut"}, "gives rows, not an array or a picture");
  }

  AnswerColumns columns() const override { return flow_columns(measure()); }
  std::vector<AnswerColumns> every_columns() const override {
    return {flow_columns(FlowMeasure::flow), asked_by("$cut", flow_columns(FlowMeasure::cut))};
  }

  void answer(Job& job) override {
    options_.measure = measure();
    options_.patches = patches_.picture(job.common().limits);
    const Attention stack = transition_stack(job, options_.transition);
    flow_report(stack, options_, job.sink());
  }

 private:
  FlowOptions options_;
  PatchOptions patches_;
  bool relative_ = false;
  bool causal_null_ = false;
  bool cut_ = false;

  FlowMeasure measure() const {
    if (cut_) return FlowMeasure::cut;
    if (relative_) return FlowMeasure::share;
    return causal_null_ ? FlowMeasure::over_causal_null : FlowMeasure::flow;
  }
};

}  // namespace

std::unique_ptr<Command> flow_command() { return std::make_unique<FlowCommand>(); }

}  // namespace attngraph
