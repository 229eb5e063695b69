#include "report/questions/graph.hpp"

#include <string_view>

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class GraphCommand : public Command {
 public:
  Manual manual() const override {
    return {
        "graph",
        "The attention graph itself, as a picture and for other programs.",
        {{"attngraph graph data/deck/05-10-deck-graph/attention.npy", "every edge"},
         {"attngraph graph data/minilm/cats/attention.npy --tokens data/minilm/cats/tokens.json "
          "--layer 2 --head 5 -o cats.svg",
          "the three largest edges of each token as arcs over the sentence"},
         {"attngraph graph --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
          "--causal yes --layer 0 --head 0 --top-k 2 --csv",
          "the two largest edges of each query, without storing a matrix"}},
        answers::rows_and_graphs};
  }

  void declare(OptionTable& options) override {
    declare_edge_rule(options, options_.choice, RuleFor::drawn_edges);
    declare_self_loops(options, options_.self_loops);
    declare_direction(options, options_.direction);
    declare_layout(options, options_.layout);
    options.flag("--edge-labels", options_.edge_labels, "write weights beside drawn edges");
  }

  void check(const Asked& asked) const override {
    const bool finished = asked.format().reader == Reader::person;
    if (asked.form() != Form::rows && options_.layout == Layout::matrix && !finished) {
      throw ArgumentError("--layout", "matrix is a picture, not a graph", "write svg, or csv");
    }
    if (asked.form() != Form::rows && options_.layout == Layout::none && finished) {
      throw ArgumentError("--layout", "none leaves the places to another program",
                          "write dot or graphml, or choose another layout");
    }
    check_options(options_, asked.form());
    if (leaves_self_loops_out(options_) && options_.self_loops == SelfLoops::keep) {
      asked.remark({"self-loops"}, "keeps none: $threshold share and $disparity leave them out");
    }
    const std::string_view format = asked.format().name;
    if (options_.direction == Direction::informs &&
        (format == "csv" || format == "tsv" || format == "jsonl")) {
      asked.remark(
          {"direction"},
          "informs is not told by " + std::string(format) +
              ": read again, its edges lead from the query to the key; json and graphml tell it");
    }
  }

  AnswerColumns columns() const override { return token_graph_columns(); }

  void answer(Job& job) override {
    TokenGraphOptions options = options_;
    const bool program = job.form() == Form::drawing && job.format().reader == Reader::program;
    // Where dot is not told otherwise it finds places itself, other programs take these.
    if (program && options.layout == Layout::natural) options.layout = Layout::circle;
    token_graph_report(job.attention(), options, job.sink());
  }

 private:
  TokenGraphOptions options_;
};

}  // namespace

std::unique_ptr<Command> graph_command() { return std::make_unique<GraphCommand>(); }

}  // namespace attngraph
