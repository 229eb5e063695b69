#include "report/questions/paths.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "metrics/paths/acyclic_routes.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/answer_routes.hpp"
#include "report/parts/answer_tokens.hpp"
#include "report/parts/token_choice.hpp"
#include "tensor/dump.hpp"

namespace attngraph {
namespace {

std::size_t token_of(const std::string& text, const std::vector<std::string>& labels,
                     const std::string& option) {
  if (text.empty()) throw ArgumentError(option, "is missing, expected a token's index or label");
  return token_choice(text, labels, option);
}

std::string joined(const std::vector<std::size_t>& tokens, const auto& text_of) {
  std::string text = text_of(tokens.front());
  for (std::size_t i = 1; i < tokens.size(); ++i) text += " > " + text_of(tokens[i]);
  return text;
}

/// A route as the answer has it. Probabilities stay float64: a product over many layers leaves the
/// range of float32.
struct RouteRow {
  std::size_t rank;
  double probability;
  double share;
  double covered;
  std::string route;
  std::string labels;
};

Table<RouteRow> route_table(Known labels) {
  using enum ColumnType;
  return {
      {{.name = "rank",
        .type = integer,
        .about = "place of the route, the most probable first, from 1 on",
        .rank = 0},
       &RouteRow::rank},
      {{.name = "probability",
        .about = "product of the weights along the route",
        .rank = 0,
        .formula = "Π_l Ã_l[t_l, t_(l-1)], Ã with the residual"},
       &RouteRow::probability},
      {{.name = "share",
        .about = "probability over that of all routes between the two tokens together",
        .rank = 2},
       &RouteRow::share},
      {{.name = "covered", .about = "share of this route and all before it together", .rank = 2},
       &RouteRow::covered},
      {{.name = "route",
        .type = text,
        .about = "token at each level, from the output down to the input",
        .rank = labels == Known::yes ? 3 : 0},
       &RouteRow::route},
      {{.name = "labels",
        .type = text,
        .known = labels,
        .about = "the same tokens by their labels",
        .rank = 0},
       &RouteRow::labels}};
}

const Column rollout_number{.name = "rollout",
                            .about = "probability of all routes between the two tokens",
                            .paper = "Abnar and Zuidema 2020"};
const Column paths_number{.name = "paths",
                          .about = "probability of all routes in the graph of attributions"};
const Column covered_number{.name = "covered", .about = "share of that in these routes"};

/// Texts of all tokens, as a route names them: what they are put together to, where they are.
struct RouteNames {
  std::vector<std::string> indices;
  /// Empty where there are none.
  std::vector<std::string> labels;
};

RouteNames route_names(const Attention& stack, const AnswerTokens& tokens) {
  RouteNames names;
  const auto texts = stack.key_labels();
  for (std::size_t t = 0; t < stack.keys(); ++t) {
    const auto node = tokens.node_of(t);
    names.indices.push_back(node ? std::to_string(*node) : texts[t]);
    names.labels.push_back(node ? tokens.labels()[*node] : texts[t]);
  }
  if (stack.tokens().empty() && !stack.merged_answer()) names.labels.clear();
  return names;
}

std::vector<RouteRow> route_rows(const Routes& routes, const RouteNames& names) {
  std::vector<RouteRow> rows;
  double sum = 0;
  for (const Route& route : routes.best) {
    sum += route.probability;
    RouteRow row{rows.size() + 1,
                 route.probability,
                 std::min(1.0, route.probability / routes.total),
                 std::min(1.0, sum / routes.total),
                 joined(route.tokens, [&](std::size_t t) { return names.indices[t]; }),
                 ""};
    if (!names.labels.empty()) {
      row.labels = joined(route.tokens, [&](std::size_t t) { return names.labels[t]; });
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// What the shares of routes are shares of, and whence it leads whither.
struct Whole {
  const Column& number;
  std::string ends;
};

void send_routes(const Routes& routes, const RouteNames& names, const Whole& whole, Sink& sink) {
  double covered = 0;
  for (const Route& route : routes.best) covered += route.probability / routes.total;
  const auto table = route_table(names.labels.empty() ? Known::no : Known::yes);
  table.begin(sink);
  table.send(route_rows(routes, names), sink);
  sink.summary(whole.number, routes.total);
  sink.summary(covered_number, std::min(1.0, covered));
  sink.note(routes.best.empty() ? "no route leads " + whole.ends
                                : "these routes cover " + rounded_text(100 * covered, 3) +
                                      " % of the " + whole.number.name + " " + whole.ends);
}

}  // namespace

AnswerColumns paths_columns() {
  return {route_table(Known::yes).schema(), {rollout_number, paths_number, covered_number}};
}

void paths_report(const Attention& stack, const PathsOptions& options, Sink& sink) {
  check_transitions(stack, options.transition);
  if (options.count == 0) throw ArgumentError("$count", "is 0, expected 1 or more");
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  const AnswerTokens tokens(stack);
  const std::size_t input = token_of(options.from, tokens.labels(), "$from");
  const std::size_t output = token_of(options.to, tokens.labels(), "$to");
  const Routes routes =
      answer_routes(layer_transitions(stack, range, options.transition), tokens.tokens_of(input),
                    tokens.tokens_of(output), options.count);
  send_routes(routes, route_names(stack, tokens),
              {rollout_number,
               "from input " + std::to_string(input) + " to output " + std::to_string(output)},
              sink);
}

void paths_report(const Dump& graph, const PathsOptions& options, Sink& sink) {
  if (options.count == 0) throw ArgumentError("$count", "is 0, expected 1 or more");
  if (graph.edges.empty()) throw InputError(graph.source, "has no edges, and so no routes");
  RouteNames names;
  for (std::size_t v = 0; v < graph.nodes; ++v) names.indices.push_back(std::to_string(v));
  names.labels = graph.tokens;
  const auto& labels = names.labels.empty() ? names.indices : names.labels;
  const std::size_t input = token_of(options.from, labels, "$from");
  const std::size_t output = token_of(options.to, labels, "$to");
  const Routes routes = acyclic_routes(graph.edges.front().edges, input, output, options.count);
  send_routes(routes, names, {paths_number, "from " + labels[input] + " to " + labels[output]},
              sink);
}

}  // namespace attngraph
