#include "report/questions/maxflow.hpp"

#include "command.hpp"
#include "core/error.hpp"
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
    if (cut_ && edge_flows_) {
      throw ArgumentError("--cut, --edge-flows", "one of the two was expected");
    }
    if (options_.all_pairs) {
      asked.refuse({"source", "sink"}, "is one token, --all-pairs asks for every pair");
      asked.refuse({"cut", "edge-flows"}, "is about one pair, --all-pairs asks for every pair",
                   "give --source and --sink");
    } else if (options_.source.empty() || options_.sink.empty()) {
      throw ArgumentError("--source, --sink", "both are needed",
                          "give two tokens by index or label, or --all-pairs");
    }
  }

  void answer(Job& job) override {
    options_.answer = cut_          ? FlowAnswer::cut
                      : edge_flows_ ? FlowAnswer::edge_flows
                                    : FlowAnswer::value;
    check_options(options_);
    maxflow_report(job.attention(), options_, job.sink());
  }

 private:
  bool cut_ = false;
  bool edge_flows_ = false;
  MaxflowOptions options_;
};

}  // namespace

std::unique_ptr<Command> maxflow_command() { return std::make_unique<MaxflowCommand>(); }

}  // namespace attngraph
