#include "attention/merged_tokens.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "reading/words/segments.hpp"
#include "reading/words/text_order.hpp"
#include "reading/words/word_pieces.hpp"

namespace attngraph {
namespace {

std::string tokens_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " token" : " tokens");
}

void check_tokens(const Attention& attention, const MergingRequest& request) {
  const bool needs_tokens = request.words || request.drop_special;
  if (!needs_tokens || !attention.tokens().empty() || !attention.query_tokens().empty()) return;
  throw ArgumentError(request.words ? "$words" : "$drop-special", "the input has no tokens",
                      "give them with $tokens FILE");
}

/// Every token of a side without texts, called by its index.
Grouping every_token(std::size_t count) {
  std::vector<std::string> indices;
  for (std::size_t i = 0; i < count; ++i) indices.push_back(std::to_string(i));
  return single_tokens(indices);
}

/// Of one side, which may have no tokens to judge by.
Grouping grouping_of(const std::vector<std::string>& tokens, std::size_t count,
                     const MergingRequest& request) {
  if (tokens.empty()) return every_token(count);
  Grouping grouping = single_tokens(tokens);
  if (request.words) grouping = words(grouping);
  return request.drop_special ? without_special(std::move(grouping)) : grouping;
}

/// What was done to one side.
void say(const Grouping& grouping, const std::vector<std::string>& tokens,
         const MergingRequest& request, std::vector<std::string>& notes) {
  if (request.words) {
    const std::string_view mark = piece_mark(tokens);
    notes.push_back(mark.empty() ? "no token is a piece of a word: $words changes nothing"
                                 : "pieces of words are told by '" + std::string(mark) + "'");
  }
  const auto named = std::count(request.segments.begin(), request.segments.end(), ',') + 1;
  if (!request.segments.empty() && static_cast<std::ptrdiff_t>(grouping.nodes()) > named) {
    notes.push_back(tokens_text(grouping.sizes().back()) + " in no segment: they are 'rest'");
  }
}

std::string what_becomes_of_rows(const MergingRequest& request) {
  if (request.merging == Merging::answer) return "";
  if (request.merging == Merging::divided_matrix)
    return "; every row is divided by what is left of it";
  return request.renormalize ? "; rows are divided by what is left of them"
                             : "; rows then sum to less than 1 ($renormalize divides them)";
}

/// What leaving out and putting together means for the numbers.
void say_what_it_means(const Grouping& grouping, const MergingRequest& request,
                       std::vector<std::string>& notes) {
  const std::size_t left_out = grouping.tokens_left_out();
  if (left_out > 0) {
    std::string text = std::to_string(left_out) + " of " + tokens_text(grouping.tokens()) +
                       (left_out == 1 ? " is left out" : " are left out");
    if (request.of_answer()) text += " of the answer, which is computed through all of them";
    notes.push_back(text + what_becomes_of_rows(request));
  }
  const bool merged = grouping.nodes() + left_out < grouping.tokens();
  if (!merged) return;
  const std::string smaller = std::to_string(grouping.nodes());
  notes.push_back(request.of_answer() ? "computed on all tokens, then put together to " + smaller
                                      : "tokens are put together to " + smaller +
                                            ": the question is asked of that smaller matrix");
}

std::string named_in_text_order(const Grouping& segments) {
  return "name them in the order of the text: $segments " + segments_in_text_order(segments);
}

/// Groups that do not follow the text, which stays in the way of two things.
void check_order(const Attention& attention, const MergedTokens& merged,
                 std::vector<std::string>& notes) {
  if (merged.answer_only || in_text_order(merged.keys)) return;
  if (attention.queries() < attention.keys()) {
    throw ArgumentError("$segments",
                        "are not in the order of the text, and the queries are its last " +
                            tokens_text(attention.queries()),
                        named_in_text_order(merged.keys));
  }
  if (!attention.causal()) return;
  notes.push_back(
      "segments are not in the order of the text, so that smaller matrix is not causal; to keep it "
      "so, " +
      named_in_text_order(merged.keys));
}

}  // namespace

void check_merging(const MergingRequest& request) {
  if (request.renormalize && !request.any()) {
    throw ArgumentError("$renormalize", "goes with $drop-special, $words or $segments",
                        "$normalize rows divides the rows of the file by their sums");
  }
  if (request.renormalize && request.merging == Merging::answer) {
    throw ArgumentError("$renormalize", "divides shares of a whole, and this answer has none");
  }
  if (!request.segments.empty() && (request.words || request.drop_special)) {
    throw ArgumentError("$segments", "does not go with $words or $drop-special",
                        "segments are ranges of the file's tokens");
  }
}

std::optional<MergedTokens> merged_tokens(const Attention& attention, const MergingRequest& request,
                                          std::vector<std::string>& notes) {
  check_merging(request);
  if (!request.any()) return std::nullopt;
  check_tokens(attention, request);
  MergedTokens merged;
  if (request.segments.empty()) {
    merged.keys = grouping_of(attention.tokens(), attention.keys(), request);
    say(merged.keys, attention.tokens(), request, notes);
  } else if (attention.cross()) {
    throw ArgumentError("$segments", "are ranges of one sequence, and this is cross-attention");
  } else {
    merged.keys = segments(request.segments, attention.keys());
    say(merged.keys, attention.tokens(), request, notes);
  }
  if (attention.cross()) {
    merged.queries = grouping_of(attention.query_tokens(), attention.queries(), request);
    if (!attention.query_tokens().empty()) {
      say(merged.queries, attention.query_tokens(), request, notes);
    }
  } else {
    merged.queries = tail(merged.keys, attention.queries());
  }
  merged.queries.division = request.merging == Merging::divided_matrix ? RowDivision::left_first
                            : request.renormalize                      ? RowDivision::afterwards
                                                                       : RowDivision::none;
  merged.keys.division = merged.queries.division;
  merged.answer_only = request.of_answer();
  if (!attention.query_tokens().empty() && attention.cross()) {
    say_what_it_means(merged.queries, request, notes);
  }
  say_what_it_means(merged.keys, request, notes);
  check_order(attention, merged, notes);
  return merged;
}

std::string hint_at_text_order(const Attention& attention) {
  const MergedTokens* merged = attention.merged();
  if (merged == nullptr || in_text_order(merged->keys)) return "";
  return named_in_text_order(merged->keys);
}

}  // namespace attngraph
