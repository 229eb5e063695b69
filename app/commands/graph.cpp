#include "report/questions/graph.hpp"
#include "command.hpp"
#include "input/graph_input.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/attention_options.hpp"
#include "options/options.hpp"
#include "report/questions/layers.hpp"

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
    options.group("With --layout layers: one drawing through all layers");
    options.text("--from", paths_.from, "set off the routes from this input: index or label",
                 "TOKEN");
    options.text("--to", paths_.to, "to this output: index, label, or last", "TOKEN");
    options.count("--count", paths_.count, "how many routes");
    declare_layers(options, paths_.transition.residual, paths_.start_layer, paths_.end_layer);
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
    if (through_layers(job)) {
      answer_through_layers(job);
    } else if (attention_.given()) {
      token_graph_report(attention_.selected(job), job.tokens(), options_, job.sink());
    } else {
      token_graph_report(graph_input(job), options_, job.sink());
    }
  }

 private:
  AttentionOptions attention_;
  TokenGraphOptions options_;
  PathsOptions paths_;

  /// Edge lists have no layers to go through; they are laid out in rows by igraph.
  bool through_layers(Job& job) const {
    return options_.layout == Layout::layers && options_.form != GraphForm::rows &&
           !attention_.given() && job.dump().edges.empty();
  }

  void answer_through_layers(Job& job) {
    LayeredDrawingOptions drawing;
    drawing.paths = paths_;
    drawing.top_k =
        options_.form == GraphForm::exchange ? 0 : options_.choice.top_k.value_or(shown_per_query);
    drawing.threshold = options_.choice.threshold;
    drawing.edge_labels = options_.edge_labels;
    const AttentionStack stack = transition_stack(job, drawing.paths.transition);
    layered_drawing_report(stack, drawing, job.sink());
  }
};

}  // namespace

std::unique_ptr<Command> graph_command() { return std::make_unique<GraphCommand>(); }

}  // namespace attngraph
