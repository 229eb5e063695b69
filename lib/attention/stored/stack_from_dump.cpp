#include "attention/stored/stack_from_dump.hpp"

#include <optional>

#include "core/error.hpp"
#include "core/memory_need.hpp"
#include "reading/reading.hpp"

namespace attngraph {
namespace {

/// What the request does to the tokens; nothing where they stay as they are.
std::optional<Grouping> grouping_of(const StackRequest& request, const AttentionStack& stack,
                                    std::vector<std::string>& notes) {
  if (!request.words && !request.drop_special && request.segments.empty()) {
    if (request.renormalize) {
      throw ArgumentError("$renormalize", "goes with $drop-special, $words or $segments",
                          "$normalize rows divides the rows of the file by their sums");
    }
    return std::nullopt;
  }
  if (stack.cross() || stack.queries() != stack.keys()) {
    throw ArgumentError("", "tokens are put together only where queries and keys are the same");
  }
  const bool needs_tokens = request.words || request.drop_special;
  if (needs_tokens && stack.tokens().empty()) {
    throw ArgumentError(request.words ? "$words" : "$drop-special", "the input has no tokens",
                        "give them with $tokens FILE");
  }
  if (!request.segments.empty() && needs_tokens) {
    throw ArgumentError("$segments", "does not go with $words or $drop-special",
                        "segments are ranges of the file's tokens");
  }
  Grouping grouping = request.segments.empty() ? single_tokens(stack.tokens())
                                               : segments(request.segments, stack.keys());
  grouping.renormalize = request.renormalize;
  if (request.words) {
    grouping = words(grouping);
    if (grouping.labels.size() == stack.keys()) {
      notes.push_back("no token is a piece of a word: $words changes nothing");
    }
  }
  if (request.drop_special) grouping = without_special(std::move(grouping));
  return grouping;
}

/// Whether the attention is causal, where a look at this many weights can tell.
std::optional<bool> known_causal(const AttentionStack& whole, const Reading& reading) {
  constexpr std::size_t most_weights = std::size_t{1} << 24;
  if (reading.causal) return reading.causal;
  if (reading.sides == Sides::cross) return std::nullopt;
  const std::size_t weights = reading.layers.size() * reading.layers.front().size();
  return weights <= most_weights ? std::optional(whole.causal()) : std::nullopt;
}

}  // namespace

AttentionStack stack_from_dump(const Dump& dump, const StackRequest& request,
                               std::vector<std::string>& notes) {
  const Reading reading = attention_reading(dump, request);
  check_memory(request.limits, {reading.queries(), reading.keys(), 2 * sizeof(double)},
               "the weights of one head",
               "attend, heads, sparsify and graph answer from $query and $key without "
               "the matrix");
  AttentionStack whole(reading.layers, reading.key_labels, reading.source);
  whole.set_sides(reading.sides, reading.query_labels);
  if (reading.causal) whole.set_causal(*reading.causal);
  const auto chosen_layers = request.layers.resolve(whole.layers(), "$layer");
  const auto chosen_heads = request.heads.resolve(whole.heads(), "$head");
  notes.push_back(reading_text(reading, known_causal(whole, reading)));
  notes.insert(notes.end(), reading.notes.begin(), reading.notes.end());
  const auto found =
      check_attention(whole.selected(chosen_layers, chosen_heads, {}), request.normalize);
  notes.insert(notes.end(), found.begin(), found.end());
  if (request.normalize == Normalize::rows) whole.normalize_rows();
  if (auto grouping = grouping_of(request, whole, notes)) whole.set_grouping(std::move(*grouping));
  return whole.selected(chosen_layers, chosen_heads, request.fuse);
}

}  // namespace attngraph
