#include "attention/stored/stack_from_dump.hpp"

#include <optional>

#include "attention/computed/attention_of_queries.hpp"
#include "attention/edges/attention_of_edges.hpp"
#include "attention/merged_tokens.hpp"
#include "attention/stored/check_causal.hpp"
#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "reading/reading.hpp"
#include "reading/reading_text.hpp"

namespace attngraph {
namespace {

/// Whether the attention is causal, where a look at this many weights can tell.
std::optional<bool> known_causal(const Attention& whole, const Reading& reading) {
  constexpr std::size_t most_weights = std::size_t{1} << 24;
  if (reading.causal) return reading.causal;
  if (reading.sides == Sides::cross) return std::nullopt;
  const std::size_t weights = reading.layers.size() * reading.layers.front().size();
  return weights <= most_weights ? std::optional(whole.causal()) : std::nullopt;
}

void refuse_query_rules(const Dump& dump, const StackRequest& request, const char* what) {
  if (request.queries.option.empty()) return;
  throw ArgumentError(request.queries.option,
                      "is about queries and keys, and " + dump.source + " holds " + what,
                      "leave it out, or name what attention is made of with $query and $key");
}

}  // namespace

Attention selected_attention(const Attention& whole, const StackRequest& request) {
  std::vector<std::size_t> layers(whole.layers()), heads(whole.heads());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    layers[l] = static_cast<std::size_t>(whole.layer_index(l));
  }
  for (std::size_t h = 0; h < heads.size(); ++h) {
    heads[h] = static_cast<std::size_t>(std::get<std::int64_t>(whole.head_label(h)));
  }
  layers = request.layers.chosen_of(layers, "$layer");
  heads = request.heads.chosen_of(heads, "$head");
  const auto refuse = [] {
    throw ArgumentError("$layer, $head", "the file has no edges of such a layer and head");
  };
  if (layers.empty() || heads.empty()) refuse();
  Attention selection = whole.selected(std::move(layers), std::move(heads), request.fuse);
  if (selection.present().empty()) refuse();
  return selection;
}

Attention asked_attention(Attention whole, const StackRequest& request,
                          std::vector<std::string>& notes) {
  if (request.causal) whole.set_causal(*request.causal);
  if (request.normalize == Normalize::rows) whole.normalize_rows();
  if (auto merged = merged_tokens(whole, request.merging, notes)) {
    whole.set_merged(std::move(*merged));
  }
  return selected_attention(whole, request);
}

Attention stack_from_dump(const Dump& dump, const StackRequest& request,
                          std::vector<std::string>& notes) {
  const bool keys_alone = request.keys_suffice && holds_keys_alone(dump);
  const bool of_queries =
      dump.edges.empty() && request.tensor.empty() && (keys_alone || holds_queries_and_keys(dump));
  if (of_queries) return attention_of_queries(dump, request, notes);
  if (!dump.edges.empty()) {
    refuse_query_rules(dump, request, "edges");
    return attention_of_edges(dump, request, notes);
  }
  const Reading reading = attention_reading(dump, request);
  refuse_query_rules(dump, request, "attention");
  check_memory(request.limits, {reading.queries(), reading.keys(), 2 * sizeof(double)},
               "the weights of one head",
               "from $query and $key many questions are answered without the matrix");
  check_memory(request.limits, {std::max(reading.queries(), reading.keys()), bytes_per_token},
               "the tokens of one head", "raise $max-memory");
  Attention whole(reading.layers, reading.key_labels, reading.source);
  whole.set_limits(request.limits);
  whole.set_sides(reading.sides, reading.query_labels);
  if (reading.causal) whole.set_causal(*reading.causal);
  StackRequest single = request;
  single.fuse.reset();
  const Attention chosen = selected_attention(whole, single);
  notes.push_back(reading_text(reading, known_causal(whole, reading)));
  notes.insert(notes.end(), reading.notes.begin(), reading.notes.end());
  const auto found =
      check_attention(chosen, request.normalize.value_or(Normalize::check), reading.row_sum_cure);
  notes.insert(notes.end(), found.begin(), found.end());
  if (request.causal.value_or(false)) check_causal(chosen);
  return asked_attention(std::move(whole), request, notes);
}

}  // namespace attngraph
