#include "report/questions/paths.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "metrics/paths/routes.hpp"
#include "report/answer/sink.hpp"
#include "report/answer/table.hpp"
#include "report/parts/token_choice.hpp"

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
  return {{"rank", integer, &RouteRow::rank}, {"probability", real, &RouteRow::probability},
          {"share", real, &RouteRow::share},  {"covered", real, &RouteRow::covered},
          {"route", text, &RouteRow::route},  {"labels", text, &RouteRow::labels, labels}};
}

std::vector<RouteRow> route_rows(const Routes& routes, const std::vector<std::string>& labels) {
  std::vector<RouteRow> rows;
  double sum = 0;
  for (const Route& route : routes.best) {
    sum += route.probability;
    RouteRow row{rows.size() + 1,
                 route.probability,
                 std::min(1.0, route.probability / routes.total),
                 std::min(1.0, sum / routes.total),
                 joined(route.tokens, [](std::size_t t) { return std::to_string(t); }),
                 ""};
    if (!labels.empty()) row.labels = joined(route.tokens, [&](auto t) { return labels[t]; });
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

void paths_report(const Attention& stack, const PathsOptions& options, Sink& sink) {
  check_transitions(stack, options.transition);
  if (options.count == 0) throw ArgumentError("$count", "is 0, expected 1 or more");
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  const std::vector<std::string> labels = stack.key_labels();
  const std::size_t input = token_of(options.from, labels, "$from");
  const std::size_t output = token_of(options.to, labels, "$to");
  std::vector<Matrix> transitions;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    transitions.push_back(layer_transition(stack, l, options.transition));
  }
  const Routes routes = most_probable_routes(transitions, input, output, options.count);
  double covered = 0;
  for (const Route& route : routes.best) covered += route.probability / routes.total;

  const auto& tokens = stack.tokens();
  const auto table = route_table(tokens.empty() ? Known::no : Known::yes);
  table.begin(sink);
  table.send(route_rows(routes, tokens), sink);
  sink.summary("rollout", routes.total);
  sink.summary("covered", std::min(1.0, covered));
  const std::string ends =
      "from input " + std::to_string(input) + " to output " + std::to_string(output);
  sink.note(routes.best.empty() ? "no route leads " + ends
                                : "these routes cover " + rounded_text(100 * covered, 3) +
                                      " % of the rollout " + ends);
}

}  // namespace attngraph
