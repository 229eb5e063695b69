#include "report/questions/centrality.hpp"

#include <string>
#include <vector>

#include <algorithm>

#include "command.hpp"
#include "core/error.hpp"
#include "input/job.hpp"
#include "options/graph_options.hpp"
#include "options/metric_option.hpp"
#include "options/options.hpp"

namespace attngraph {
namespace {

class CentralityCommand : public Command {
 public:
  Manual manual() const override {
    return {"centrality",
            "Which tokens matter in one attention graph?",
            {{"attngraph centrality data/deck/05-10-deck-graph/attention.npy",
              "the usual measures of the example graph"},
             {"attngraph centrality data/minilm/cats/attention.npy --layer 0 --head 3 --metric "
              "pagerank,in_strength --sort pagerank",
              "the most attended tokens of a head first"},
             {"attngraph centrality data/minilm/cats/attention.npy --fuse mean --metric "
              "betweenness --distance inverse --top 3 --csv",
              "three tokens of each layer that shortest paths pass"}},
            answers::rows_and_pictures,
            InputKind::attention,
            {.merging = Merging::divided_matrix}};
  }

  void declare(OptionTable& options) override {
    declare_metrics(options, options_.metrics);
    declare_direction(options, options_.direction);
    options.choice("--distance", options_.distance,
                   {{"neglog", Distance::neglog},
                    {"inverse", Distance::inverse},
                    {"complement", Distance::complement},
                    {"weight", Distance::weight}},
                   "length of an edge for paths: -log w, 1/w, 1-w or w");
    options.number("--damping", options_.damping, "PageRank: probability to follow an edge");
    options.list(
        "--restart", "TOKEN,…", "", [this](const std::string& text) { take_restart(text); },
        "PageRank: tokens where it begins again when it jumps, and behind rows of zeros");
    declare_self_loops(options, options_.self_loops);
    declare_edge_rule(options, options_.edges, RuleFor::degrees);
    options.choice("--engine", options_.engine, {{"own", Engine::own}, {"igraph", Engine::igraph}},
                   "who finds PageRank and shortest paths; the answers agree within 1e-9");
  }

  void check(const Asked& asked) const override {
    const bool paths = any_needs(options_.metrics, &MetricNeeds::paths);
    const bool walk = any_needs(options_.metrics, &MetricNeeds::damping);
    if (!paths) {
      asked.refuse({"distance"}, "is about shortest paths, which no metric asked for takes");
    }
    if (!walk) asked.refuse({"damping", "restart"}, "is about pagerank, which is not asked for");
    if (!any_needs(options_.metrics, &MetricNeeds::edges)) {
      asked.refuse({"threshold", "top-k", "disparity"},
                   "says which edges count, and of the metrics asked for none counts them",
                   "ask for in_degree, out_degree or core with $metric");
    }
    check_criteria(options_.edges);
    if (!paths && !walk) {
      asked.refuse({"engine"}, "is about pagerank and shortest paths, which are not asked for");
    }
  }

  AnswerColumns columns() const override { return centrality_columns(options_); }
  std::vector<AnswerColumns> every_columns() const override {
    CentralityOptions all;
    all.metrics = metrics_named("all");
    all.metrics.push_back(metric_named("influence"));
    return {centrality_columns(all)};
  }

  std::string option_of(const std::string& column) const override {
    const auto metrics = metrics_named("all");
    const bool is_metric = column == "influence" ||
                           std::any_of(metrics.begin(), metrics.end(),
                                       [&](const Metric& metric) { return metric.name == column; });
    return is_metric ? "$metric " + column : "";
  }

  void answer(Job& job) override {
    CentralityOptions options = options_;
    if (any_needs(options.metrics, &MetricNeeds::outputs)) options.outputs = outputs_of(job);
    centrality_report(job.attention(), options, job.sink());
  }

 private:
  CentralityOptions options_;

  /// Behind each other, where the option is given again.
  void take_restart(const std::string& text) {
    options_.restart_tokens.clear();
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      options_.restart_tokens.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  static const std::vector<double>& outputs_of(Job& job) {
    if (job.common().computed.given() || !job.dump().attributions) {
      throw ArgumentError("$metric", "influence is about graphs of attributions, and this is none",
                          "those are node-link JSON of Neuronpedia or circuit-tracer");
    }
    const Dump& dump = job.dump();
    if (dump.outputs.empty()) {
      throw InputError(dump.source,
                       "has no logit with a token_prob above 0, which influence needs");
    }
    return dump.outputs;
  }
};

}  // namespace

std::unique_ptr<Command> centrality_command() { return std::make_unique<CentralityCommand>(); }

}  // namespace attngraph
