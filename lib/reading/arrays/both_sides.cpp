#include "reading/arrays/both_sides.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "reading/arrays/window_offsets.hpp"
#include "reading/some_places.hpp"

namespace attngraph {
namespace {

std::vector<double> row(const Tensor& head, std::size_t query) {
  return head.at(0, query).to_doubles();
}

template <typename Test>
bool every_head(const Reading& reading, Test test) {
  return std::all_of(reading.layers.begin(), reading.layers.end(), [&](const Tensor& layer) {
    for (std::size_t h = 0; h < layer.shape()[0]; ++h) {
      if (!test(layer.at(0, h))) return false;
    }
    return true;
  });
}

/// Whether the queries look like the last tokens of the keys' sequence: none sees a key behind its
/// own place, and the last sees the last key.
bool continues_the_keys(const Reading& reading) {
  const std::size_t before = reading.keys() - reading.queries();
  return every_head(reading, [&](const Tensor& head) {
    for (const std::size_t q : some_places(reading.queries())) {
      const auto weights = row(head, q);
      const auto later = weights.begin() + static_cast<std::ptrdiff_t>(before + q + 1);
      if (std::any_of(later, weights.end(), [](double w) { return w != 0; })) return false;
    }
    return row(head, reading.queries() - 1).back() != 0;
  });
}

/// Whether the keys are the queries' own, causal, and one more at the end that all of them see.
bool ends_in_a_sink(const Reading& reading) {
  const std::size_t tokens = reading.queries();
  if (tokens < 3 || reading.keys() != tokens + 1) return false;
  return every_head(reading, [&](const Tensor& head) {
    for (const std::size_t q : some_places(tokens)) {
      const auto weights = row(head, q);
      const auto later = weights.begin() + static_cast<std::ptrdiff_t>(q + 1);
      if (weights.front() == 0 && q == 0) return false;
      if (weights.back() == 0) return false;
      if (std::any_of(later, weights.end() - 1, [](double w) { return w != 0; })) return false;
    }
    return true;
  });
}

void report(Reading& reading, const Finding& finding, Faults faults) {
  if (faults == Faults::refused) throw InputError(reading.source, finding.what, finding.cure);
  reading.findings.push_back(finding);
}

/// What may have made labels one too many; empty where nothing did.
std::string one_too_many(const std::vector<std::string>& labels, std::size_t tokens,
                         const Reading& reading) {
  if (labels.size() != tokens + 1) return "";
  if (reading.steps) return " (the last token that generate() gave asks nothing: tokens[:-1])";
  constexpr std::array<std::string_view, 9> headers{"0",    "",     "token", "tokens", "label",
                                                    "text", "word", "words", "labels"};
  const bool header = std::find(headers.begin(), headers.end(), labels.front()) != headers.end();
  return header ? " (the first, '" + labels.front() + "', may be the header of a column)" : "";
}

/// Labels as many as the tokens of a side, or none and a fault.
/// @param place where the labels come from
void check_labels(std::vector<std::string>& labels, std::size_t tokens, Reading& reading,
                  const std::string& place, const std::string& hint, Faults faults) {
  if (labels.empty() || labels.size() == tokens) return;
  const std::string what = counted(labels.size(), "label") + " for attention with " +
                           counted(reading.queries(), "query") + " and " +
                           counted(reading.keys(), "key");
  const std::string cure = hint + one_too_many(labels, tokens, reading);
  if (faults == Faults::refused) throw InputError(place, what, cure);
  reading.findings.push_back({what, cure});
  labels.clear();
}

/// What the lists in the file say, where the request does not say it.
void take_labels_of_file(Reading& reading, const SideTokens& tokens, const ArrayName& array,
                         const ReadingRequest& request, Faults faults) {
  const bool cross = reading.sides == Sides::cross;
  if (!request.tokens.empty() && (!cross || !request.query_tokens.empty())) return;
  try {
    LabelsOfSides labels =
        labels_of_sides(tokens, {reading.queries(), reading.keys(), reading.sides, reading.causal},
                        array, reading.source);
    reading.sides = labels.sides;
    reading.key_labels = std::move(labels.keys);
    reading.query_labels = std::move(labels.queries);
    const bool said = !request.tokens.empty() || !request.query_tokens.empty();
    if (!said) reading.notes.insert(reading.notes.end(), labels.notes.begin(), labels.notes.end());
  } catch (const InputError& error) {
    report(reading, {error.problem(), error.hint()}, faults);
  }
}

}  // namespace

Sides sides_of(const Reading& reading, const Family& arrays, const ReadingRequest& request) {
  if (request.cross || (reading.steps && is_cross(*reading.steps))) return Sides::cross;
  const auto says_cross = [](const ArrayName& name) { return name.cross; };
  if (std::any_of(arrays.names.begin(), arrays.names.end(), says_cross)) return Sides::cross;
  if (reading.queries() == reading.keys()) return Sides::self;
  if (reading.queries() > reading.keys()) return Sides::cross;
  if (reading.causal) return *reading.causal ? Sides::self : Sides::cross;
  return reading.queries() > 1 && continues_the_keys(reading) ? Sides::self : Sides::cross;
}

void label(Reading& reading, const SideTokens& tokens, const ArrayName& array,
           const ReadingRequest& request, Faults faults) {
  if (reading.sides == Sides::self && !request.query_tokens.empty()) {
    throw ArgumentError("$query-tokens", "this is self-attention: queries and keys are the same",
                        "label them with $tokens, or say $cross");
  }
  take_labels_of_file(reading, tokens, array, request, faults);
  if (!request.tokens.empty()) reading.key_labels = request.tokens;
  if (!request.query_tokens.empty()) reading.query_labels = request.query_tokens;
  const bool cross = reading.sides == Sides::cross;
  const bool of_queries = cross && reading.key_labels.size() == reading.queries();
  const bool file_labels_keys = request.tokens.empty();
  if (of_queries && file_labels_keys && !reading.query_labels.empty() &&
      reading.key_labels.size() != reading.keys()) {
    reading.key_labels.clear();  // the queries have labels, and these are no others'
  }
  check_labels(reading.key_labels, reading.keys(), reading,
               file_labels_keys ? reading.source + ": tokens" : "$tokens",
               of_queries ? "these may be the queries' tokens: $query-tokens"
                          : "give one label for each key with $tokens",
               faults);
  check_labels(
      reading.query_labels, reading.queries(), reading,
      request.query_tokens.empty() ? reading.source + ": tokens of the queries" : "$query-tokens",
      "give one label for each query with $query-tokens", faults);
  if (cross || reading.key_labels.empty()) return;
  reading.query_labels.assign(
      reading.key_labels.end() - static_cast<std::ptrdiff_t>(reading.queries()),
      reading.key_labels.end());
}

void look_for_window(Reading& reading, const ReadingRequest& request, Faults faults) {
  const bool square = reading.queries() == reading.keys();
  if (square && !request.axes.empty()) return;
  const auto found = window_offsets(reading.layers);
  if (!found) return;
  Finding finding{"the last axis holds offsets in a window of " + std::to_string(found->window) +
                      " tokens and " + std::to_string(found->global) +
                      " global ones, not keys (Longformer)",
                  "put every offset at its key, [query, key], before the dump"};
  if (square) finding.cure += "; where these are keys, $axes " + axes_option(reading.axes);
  report(reading, finding, faults);
}

void look_for_sink(Reading& reading, const ReadingRequest& request, Faults faults) {
  const bool said = request.cross || request.causal || !request.axes.empty();
  if (said || reading.sides == Sides::self || !ends_in_a_sink(reading)) return;
  report(reading,
         {"the last key is one that every query sees, and the others are causal: the column of a "
          "sink (GPT-OSS)",
          "cut it off before the dump, attention[..., :-1], and ask with $normalize none; where it "
          "is a key of another sequence, $cross says so"},
         faults);
}

void note_other_queries(Reading& reading, const ReadingRequest& request) {
  const auto& axes = reading.axes;
  if (reading.sides == Sides::self || !request.axes.empty() || request.cross) return;
  if (reading.steps || axes.size() < 3 || axes[axes.size() - 3] != Axis::head) return;
  if (reading.heads() != reading.keys() || reading.queries() == reading.keys()) return;
  Axes other = axes;
  std::swap(other[other.size() - 3], other[other.size() - 2]);
  reading.notes.push_back("$axes " + axes_option(other) + " would make " +
                          counted(reading.queries(), "head") + " of " +
                          counted(reading.keys(), "token") + ", self-attention");
}

}  // namespace attngraph
