#include "attention_options.hpp"
#include "command.hpp"
#include "graph_input.hpp"
#include "job.hpp"
#include "options.hpp"
#include "report/token_graph.hpp"

namespace attngraph {
namespace {

class GraphCommand : public Command {
 public:
  Manual manual() const override {
    return {"graph",
            "The attention graph itself, for Graphviz and other programs.",
            {{"attngraph graph data/deck/05-10-deck-graph/attention.npy", "every edge"},
             {"attngraph graph data/minilm/cats/attention.npy --layer 0 --head 3 --format dot",
              "the three largest edges of each token, for Graphviz"},
             {"attngraph graph --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal yes --layer 0 --head 0 --top-k 2 --csv",
              "the two largest edges of each query, without storing a matrix"}},
            {Format::table, Format::csv, Format::tsv, Format::json, Format::jsonl, Format::dot,
             Format::graphml, Format::svg},
            InputKind::attention_or_options};
  }

  void declare(OptionTable& options) override {
    options.parsed(
        "--top-k", "K|all", "all; in drawings 3",
        [this](const std::string& text) {
          options_.choice.top_k = edge_count_named(text, "--top-k");
        },
        "only the K largest weights of each query, ties by lower key");
    options.number("--threshold", options_.choice.threshold, "only weights above this");
    declare_self_loops(options, options_.self_loops);
    declare_direction(options, options_.direction);
    options.choice("--layout", options_.layout,
                   {{"none", Layout::none},
                    {"spring", Layout::spring},
                    {"circle", Layout::circle},
                    {"layers", Layout::layers}},
                   "where drawings place the tokens; none leaves it to the program that draws");
    options.flag("--edge-labels", options_.edge_labels, "write weights beside drawn edges");
    attention_.declare_tensors(options);
    attention_.declare_scores(options);
  }

  void answer(Job& job) override {
    const Format format = job.format();
    options_.form = format == Format::dot || format == Format::svg ? GraphForm::drawing
                    : format == Format::graphml                    ? GraphForm::exchange
                                                                   : GraphForm::rows;
    // A picture must have places.
    if (format == Format::svg && options_.layout == Layout::none) options_.layout = Layout::circle;
    if (attention_.given()) {
      token_graph_report(attention_.selected(job), job.tokens(), options_, job.sink());
    } else {
      token_graph_report(graph_input(job), options_, job.sink());
    }
  }

 private:
  AttentionOptions attention_;
  TokenGraphOptions options_;
};

}  // namespace

std::unique_ptr<Command> graph_command() { return std::make_unique<GraphCommand>(); }

}  // namespace attngraph
