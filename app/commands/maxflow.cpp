#include "report/questions/maxflow.hpp"

#include "command.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class MaxflowCommand : public Command {
 public:
  Manual manual() const override {
    return {"maxflow",
            "How much can flow from one token to another, and where is the bottleneck?",
            {{"attngraph maxflow data/deck/05-10-deck-graph/attention.npy --source 0 --sink 2",
              "the weights are the capacities"},
             {"attngraph maxflow data/minilm/cats/attention.npy --layer 0 --head 3 --source 1 "
              "--sink 5 --cut",
              "the edges that hold the flow back"},
             {"attngraph maxflow data/deck/05-10-deck-graph/attention.npy --all-pairs --csv",
              "every ordered pair of tokens"}},
            answers::rows};
  }

  void declare(OptionTable& options) override {
    options.text("--source", options_.source, "token where the flow begins: index or label",
                 "TOKEN");
    options.text("--sink", options_.sink, "token where it ends: index or label", "TOKEN");
    options.flag("--all-pairs", options_.all_pairs, "every ordered pair of tokens");
    options.flag("--cut", cut_,
                 "the edges of the minimum cut, of several the one nearest the sink");
    options.flag("--edge-flows", edge_flows_,
                 "what flows through each edge, in one optimum of many");
    declare_direction(options, options_.direction);
  }

  void check(const Asked& asked) const override {
    asked.at_most_one({"cut", "edge-flows"});
    check_options(asked_options());
  }

  AnswerColumns columns() const override {
    AnswerColumns columns = maxflow_columns(asked_options().answer);
    const bool one_for_each_head = !cut_ && !edge_flows_ && !options_.all_pairs;
    if (one_for_each_head) columns.together = OrderedTogether::all;
    return columns;
  }
  std::vector<AnswerColumns> every_columns() const override {
    return {maxflow_columns(FlowAnswer::value), asked_by("$cut", maxflow_columns(FlowAnswer::cut)),
            asked_by("$edge-flows", maxflow_columns(FlowAnswer::edge_flows))};
  }

  void answer(Job& job) override { maxflow_report(job.attention(), asked_options(), job.sink()); }

 private:
  bool cut_ = false;
  bool edge_flows_ = false;
  MaxflowOptions options_;

  MaxflowOptions asked_options() const {
    MaxflowOptions options = options_;
    if (cut_) options.answer = FlowAnswer::cut;
    if (edge_flows_) options.answer = FlowAnswer::edge_flows;
    return options;
  }
};

}  // namespace

std::unique_ptr<Command> maxflow_command() { return std::make_unique<MaxflowCommand>(); }

}  // namespace attngraph
