#include "report/questions/layers.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "attention/stored/attention_stack.hpp"
#include "core/error.hpp"
#include "metrics/paths/routes.hpp"
#include "numeric/largest_entries.hpp"
#include "report/answer/drawn_graph.hpp"
#include "report/answer/sink.hpp"
#include "report/parts/token_choice.hpp"

namespace attngraph {
namespace {

/// Level (1 for the outputs of the first layer), output, input.
using Step = std::tuple<std::size_t, std::size_t, std::size_t>;

std::vector<Matrix> transitions_of(const AttentionStack& stack, const PathsOptions& options) {
  check_transitions(stack, options.transition);
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  std::vector<Matrix> transitions;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    transitions.push_back(layer_transition(stack, l, options.transition));
  }
  return transitions;
}

/// The steps of the routes that are asked for.
std::set<Step> route_steps(const AttentionStack& stack, const PathsOptions& options,
                           const std::vector<Matrix>& transitions) {
  if (options.from.empty() && options.to.empty()) return {};
  if (options.from.empty() || options.to.empty()) {
    throw ArgumentError(options.from.empty() ? "$from" : "$to", "is missing",
                        "a route leads from an input ($from) to an output ($to)");
  }
  const auto labels = stack.key_labels();
  const std::size_t input = token_choice(options.from, labels, "$from");
  const std::size_t output =
      options.to == "last" ? stack.queries() - 1 : token_choice(options.to, labels, "$to");
  std::set<Step> steps;
  for (const auto& route : most_probable_routes(transitions, input, output, options.count).best) {
    for (std::size_t level = transitions.size(); level > 0; --level) {
      const std::size_t above = transitions.size() - level;  // routes begin at the output
      steps.emplace(level, route.tokens[above], route.tokens[above + 1]);
    }
  }
  return steps;
}

class LayeredDrawing {
 public:
  LayeredDrawing(const AttentionStack& stack, std::size_t levels) : tokens_(stack.queries()) {
    const auto labels = stack.key_labels();
    const double width = std::max<double>(1, static_cast<double>(tokens_) - 1);
    for (std::size_t level = 0; level <= levels; ++level) {
      for (std::size_t token = 0; token < tokens_; ++token) {
        DrawnNode node;
        node.label = labels[token];
        node.x = static_cast<double>(token) / width;
        node.y = 1 - static_cast<double>(level) / static_cast<double>(levels);
        node.rank = static_cast<std::int32_t>(levels - level);
        graph_.nodes.push_back(std::move(node));
      }
    }
    graph_.direction = "attends";
    graph_.placed = true;
    graph_.single_precision = stack.single_precision();
  }

  DrawnGraph& graph() { return graph_; }

  void add_layer(std::size_t level, const Matrix& transition, const LayeredDrawingOptions& options,
                 const std::set<Step>& steps) {
    const Eigen::RowVectorXd received = transition.colwise().sum();
    for (std::size_t k = 0; k < tokens_; ++k) {
      auto& node = graph_.nodes[(level - 1) * tokens_ + k];
      node.size = received[static_cast<Index>(k)] / received.maxCoeff();
    }
    for (std::size_t q = 0; q < tokens_; ++q) {
      const std::span<const double> row(transition.row(static_cast<Index>(q)).data(), tokens_);
      const auto order = largest_entries(row, tokens_);
      for (std::size_t place = 0; place < order.size(); ++place) {
        add_edge({level, q, order[place]}, row[order[place]], place, options, steps);
      }
    }
  }

 private:
  std::size_t tokens_;
  DrawnGraph graph_;

  void add_edge(const Step& step, double weight, std::size_t place,
                const LayeredDrawingOptions& options, const std::set<Step>& steps) {
    const auto [level, output, input] = step;
    DrawnEdge edge;
    edge.source = static_cast<std::int32_t>(level * tokens_ + output);
    edge.target = static_cast<std::int32_t>((level - 1) * tokens_ + input);
    edge.weight = weight;
    edge.set_off = steps.contains(step);
    edge.shown = edge.set_off || ((options.top_k == 0 || place < options.top_k) &&
                                  weight > options.threshold.value_or(0));
    if (!edge.shown) ++graph_.left_out;
    graph_.edges.push_back(edge);
  }
};

std::string title_of(const AttentionStack& stack, const PathsOptions& options) {
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  std::string title = "layers " + std::to_string(stack.layer_index(range.first)) + " to " +
                      std::to_string(stack.layer_index(range.last)) + ", heads by " +
                      std::string(fuse_name(options.transition.fuse));
  if (!options.from.empty()) {
    title += ", routes from " + options.from + " to " + options.to;
  }
  return title;
}

}  // namespace

void layered_drawing_report(const AttentionStack& stack, const LayeredDrawingOptions& options,
                            Sink& sink) {
  const auto transitions = transitions_of(stack, options.paths);
  const auto steps = route_steps(stack, options.paths, transitions);
  LayeredDrawing drawing(stack, transitions.size());
  for (std::size_t l = 0; l < transitions.size(); ++l) {
    drawing.add_layer(l + 1, transitions[l], options, steps);
    sink.progress(l + 1, transitions.size());
  }
  DrawnGraph& graph = drawing.graph();
  graph.title = title_of(stack, options.paths);
  graph.edge_labels = options.edge_labels;
  if (graph.left_out > 0) {
    sink.note("the drawing leaves out " + std::to_string(graph.left_out) +
              " lighter edges; $top-k all shows every one");
  }
  sink.graph(graph);
}

}  // namespace attngraph
