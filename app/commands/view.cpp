#include "report/questions/view.hpp"

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "input/transition_input.hpp"
#include "options/graph_options.hpp"
#include "options/metric_option.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class ViewCommand : public Command {
 public:
  Manual manual() const override {
    return {"view",
            "Everything as one offline HTML file to click through.",
            {{"attngraph view data/minilm/cats/attention.npy --tokens data/minilm/cats/tokens.json "
              "-o cats.html",
              "a page for any browser, which needs no network"},
             {"attngraph view --query data/small/gpt/query.npy --key data/small/gpt/key.npy "
              "--causal yes --tokens data/small/gpt/tokens.json --top-k 16 -o gpt.html",
              "from queries and keys, the 16 largest weights of each query"},
             {"attngraph view data/minilm/short/attention.npy --tokens "
              "data/minilm/short/tokens.json --words --metric pagerank,betweenness -o words.html",
              "pieces of words put together, other measures of tokens"}},
            answers::pages,
            InputKind::attention,
            {.row_sums = RowSums::one}};
  }

  void declare(OptionTable& options) override {
    options.parsed(
        "--top-k", "K|all", "64",
        [this](const std::string& text) {
          options_.top_k = edge_count_named(text, "--top-k");
          if (text == "all") options_.top_k.reset();
        },
        "weights of each query that the page keeps, the largest; all may make it large");
    declare_metrics(options, options_.metrics);
    declare_layers(options, options_.transition.residual, options_.start_layer, options_.end_layer);
  }

  void check(const Asked&) const override {
    if (!any_needs(options_.metrics, &MetricNeeds::outputs)) return;
    throw ArgumentError("$metric",
                        "influence is about graphs of attributions, and a page shows none",
                        "attngraph centrality FILE $metric influence");
  }

  void answer(Job& job) override {
    ViewOptions options = options_;
    StackRequest request = job.request();
    options.merging = request.merging;
    request.merging = {};
    view_report(job.attention(request), options, job.sink());
  }

 private:
  ViewOptions options_;
};

}  // namespace

std::unique_ptr<Command> view_command() { return std::make_unique<ViewCommand>(); }

}  // namespace attngraph
