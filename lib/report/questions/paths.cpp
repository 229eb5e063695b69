#include "report/questions/paths.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "metrics/paths/routes.hpp"
#include "report/answer/sink.hpp"
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

Schema route_schema(bool labelled) {
  Schema schema{{"rank", ColumnType::integer},
                {"probability", ColumnType::real},
                {"share", ColumnType::real},
                {"covered", ColumnType::real},
                {"route", ColumnType::text}};
  if (labelled) schema.push_back({"labels", ColumnType::text});
  return schema;
}

/// Probabilities stay float64: a product over many layers leaves the range of float32.
Chunk route_chunk(const Routes& routes, const std::vector<std::string>& labels) {
  std::vector<std::int64_t> ranks;
  std::vector<double> probabilities, shares, covered;
  std::vector<std::string> indices, texts;
  double sum = 0;
  for (const Route& route : routes.best) {
    sum += route.probability;
    ranks.push_back(static_cast<std::int64_t>(ranks.size() + 1));
    probabilities.push_back(route.probability);
    shares.push_back(std::min(1.0, route.probability / routes.total));
    covered.push_back(std::min(1.0, sum / routes.total));
    indices.push_back(joined(route.tokens, [](std::size_t t) { return std::to_string(t); }));
    if (!labels.empty()) texts.push_back(joined(route.tokens, [&](auto t) { return labels[t]; }));
  }
  Chunk chunk{ranks, probabilities, shares, covered, indices};
  if (!labels.empty()) chunk.emplace_back(texts);
  return chunk;
}

}  // namespace

void paths_report(const AttentionStack& stack, const PathsOptions& options, Sink& sink) {
  check_transitions(stack, options.transition);
  if (options.count == 0) throw ArgumentError("$count", "is 0, expected 1 or more");
  const LayerRange range = layer_range(stack, options.start_layer, options.end_layer);
  const std::vector<std::string> labels = stack.key_labels();
  const std::size_t input = token_of(options.from, labels, "$from");
  const std::size_t output =
      options.to == "last" ? stack.queries() - 1 : token_of(options.to, labels, "$to");
  std::vector<Matrix> transitions;
  for (std::size_t l = range.first; l <= range.last; ++l) {
    transitions.push_back(layer_transition(stack, l, options.transition));
  }
  const Routes routes = most_probable_routes(transitions, input, output, options.count);
  double covered = 0;
  for (const Route& route : routes.best) covered += route.probability / routes.total;

  sink.begin_rows(route_schema(!stack.tokens().empty()));
  sink.rows(route_chunk(routes, stack.tokens()));
  sink.summary("rollout", routes.total);
  sink.summary("covered", std::min(1.0, covered));
  const std::string ends =
      "from input " + std::to_string(input) + " to output " + std::to_string(output);
  sink.note(routes.best.empty() ? "no route leads " + ends
                                : "these routes cover " + rounded_text(100 * covered, 3) +
                                      " % of the rollout " + ends);
}

}  // namespace attngraph
