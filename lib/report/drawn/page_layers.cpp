#include "report/drawn/page_layers.hpp"

#include <algorithm>
#include <utility>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "metrics/flow/layer_capacities.hpp"
#include "metrics/paths/routes.hpp"
#include "report/answer/kept_answer.hpp"
#include "report/answer/page.hpp"
#include "report/parts/answer_tokens.hpp"
#include "report/questions/flow.hpp"
#include "report/questions/rollout.hpp"
#include "report/questions/view.hpp"

namespace attngraph {
namespace {

constexpr std::size_t routes_of_each = 8;

std::string residual_text(const Residual& residual) {
  switch (residual.kind) {
    case Residual::Kind::share:
      return number_text(residual.share);
    case Residual::Kind::none:
      return "none";
    case Residual::Kind::add:
      return "add";
    case Residual::Kind::raw:
      break;
  }
  return "raw";
}

template <typename Options>
Options options_through(const ViewOptions& view) {
  Options options;
  options.transition = view.transition;
  options.start_layer = view.start_layer;
  options.end_layer = view.end_layer;
  return options;
}

std::vector<float> rollout_of(const Attention& stack, const ViewOptions& view, Sink& sink) {
  AnswerKeeper keeper(Form::matrices, sink);
  auto options = options_through<RolloutOptions>(view);
  rollout_report(stack, options, keeper);
  return std::move(keeper.answer().matrix);
}

std::vector<float> flow_of(const Attention& stack, const ViewOptions& view, Sink& sink) {
  AnswerKeeper keeper(Form::matrices, sink);
  flow_report(stack, options_through<FlowOptions>(view), keeper);
  return std::move(keeper.answer().matrix);
}

/// What no flow from any output to any input exceeds: as the column `bound` of `flow`.
std::vector<float> bounds_of(const AnswerTokens& tokens, std::vector<Matrix> transitions) {
  tokens.gather_inputs(transitions.front());
  const LayerCapacities capacities(std::move(transitions));
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < tokens.inputs(); ++i) ends.push_back(tokens.tokens_of(i).front());
  std::vector<float> bounds;
  for (std::size_t o = 0; o < tokens.outputs(); ++o) {
    const auto pieces = tokens.tokens_of(o);
    std::vector<double> sums(ends.size());
    for (const std::size_t piece : pieces) {
      const OutputReach reach = output_reach(capacities, piece);
      for (std::size_t i = 0; i < ends.size(); ++i) sums[i] += reach.bound[ends[i]];
    }
    for (const double sum : sums) {
      bounds.push_back(static_cast<float>(sum / static_cast<double>(pieces.size())));
    }
  }
  return bounds;
}

/// The routes to each output of the answer; from one with several tokens information goes by their
/// mean.
std::vector<std::vector<PageRoute>> routes_of(const AnswerTokens& tokens,
                                              const std::vector<Matrix>& transitions) {
  const auto found = most_probable_routes(transitions, routes_of_each);
  std::vector<std::vector<PageRoute>> all;
  for (std::size_t o = 0; o < tokens.outputs(); ++o) {
    const auto pieces = tokens.tokens_of(o);
    std::vector<PageRoute> routes;
    for (const std::size_t piece : pieces) {
      for (const Route& route : found[piece]) {
        routes.push_back({route.probability / static_cast<double>(pieces.size()), route.tokens});
      }
    }
    std::stable_sort(routes.begin(), routes.end(), [](const PageRoute& a, const PageRoute& b) {
      return a.probability > b.probability;
    });
    if (routes.size() > routes_of_each) routes.resize(routes_of_each);
    all.push_back(std::move(routes));
  }
  return all;
}

/// Why nothing can be said about the ways through the layers; empty where it can.
std::string obstacle(const Attention& stack, const ViewOptions& options) {
  try {
    check_transitions(stack, options.transition);
  } catch (const InputError& error) {
    return error.problem();
  }
  return "";
}

}  // namespace

void fill_layers(const Attention& stack, const ViewOptions& options, Page& page, Sink& sink) {
  const std::string problem = obstacle(stack, options);
  if (!problem.empty()) {
    for (const char* name : {"rollout", "flow", "routes"}) page.absent[name] = problem;
    return;
  }
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  for (std::size_t l = range.first; l <= range.last; ++l) {
    page.layers.push_back(stack.layer_index(l));
  }
  page.residual = residual_text(options.transition.residual);
  page.rollout = rollout_of(stack, options, sink);
  const AnswerTokens tokens(stack);
  page.flow_is_bound = tokens.inputs() > most_flow_tokens;
  if (!page.flow_is_bound) page.flow = flow_of(stack, options, sink);
  std::vector<Matrix> transitions = layer_transitions(stack, range, options.transition);
  if (stack.keys() > most_route_tokens) {
    page.absent["routes"] =
        "routes are found for up to " + std::to_string(most_route_tokens) + " tokens";
  } else {
    page.routes = routes_of(tokens, transitions);
    page.route_labels = stack.key_labels();
  }
  if (page.flow_is_bound) page.flow = bounds_of(tokens, std::move(transitions));
}

}  // namespace attngraph
