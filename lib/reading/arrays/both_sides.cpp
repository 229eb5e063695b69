#include "reading/arrays/both_sides.hpp"

#include <algorithm>

#include "core/counted.hpp"
#include "core/error.hpp"

namespace attngraph {
namespace {

std::vector<double> row(const Tensor& head, std::size_t query) {
  return head.at(0, query).to_doubles();
}

/// Some rows of a matrix, enough to tell readings apart.
std::vector<std::size_t> some_rows(std::size_t rows) {
  constexpr std::size_t most = 16;
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < std::min(rows, most); ++i) {
    chosen.push_back(rows <= most ? i : i * (rows - 1) / (most - 1));
  }
  return chosen;
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
    for (const std::size_t q : some_rows(reading.queries())) {
      const auto weights = row(head, q);
      const auto later = weights.begin() + static_cast<std::ptrdiff_t>(before + q + 1);
      if (std::any_of(later, weights.end(), [](double w) { return w != 0; })) return false;
    }
    return row(head, reading.queries() - 1).back() != 0;
  });
}

/// Whether every row sees, behind the global tokens, only offsets that lie in the sequence, and its
/// own place: those outside are exactly zero.
bool shows_window(const Reading& reading, std::size_t global, std::size_t half) {
  const std::size_t tokens = reading.queries();
  return every_head(reading, [&](const Tensor& head) {
    for (const std::size_t q : some_rows(tokens)) {
      const auto weights = row(head, q);
      if (weights[global + half] == 0) return false;
      for (std::size_t j = 0; j <= 2 * half; ++j) {
        const bool inside = q + j >= half && q + j - half < tokens;
        if (!inside && weights[global + j] != 0) return false;
      }
    }
    return true;
  });
}

/// Labels as many as the tokens of a side, or none and a fault.
void check_labels(std::vector<std::string>& labels, std::size_t tokens, Reading& reading,
                  const std::string& hint, Faults faults) {
  if (labels.empty() || labels.size() == tokens) return;
  const std::string what = counted(labels.size(), "label") + " for attention with " +
                           counted(reading.queries(), "query") + " and " +
                           counted(reading.keys(), "key");
  if (faults == Faults::refused) throw InputError(reading.source + ": tokens", what, hint);
  reading.findings.push_back({what, hint});
  labels.clear();
}

}  // namespace

Sides sides_of(const Reading& reading, const Family& arrays, const ReadingRequest& request) {
  if (request.cross || reading.steps == StepForm::cross) return Sides::cross;
  const auto says_cross = [](const ArrayName& name) { return name.cross; };
  if (std::any_of(arrays.names.begin(), arrays.names.end(), says_cross)) return Sides::cross;
  if (reading.queries() == reading.keys()) return Sides::self;
  if (reading.queries() > reading.keys()) return Sides::cross;
  if (reading.causal) return *reading.causal ? Sides::self : Sides::cross;
  return reading.queries() > 1 && continues_the_keys(reading) ? Sides::self : Sides::cross;
}

void label(Reading& reading, const Dump& dump, const ReadingRequest& request, Faults faults) {
  reading.key_labels = request.tokens.empty() ? dump.tokens : request.tokens;
  reading.query_labels = request.query_tokens;
  const bool cross = reading.sides == Sides::cross;
  if (!cross && !request.query_tokens.empty()) {
    throw ArgumentError("$query-tokens", "this is self-attention: queries and keys are the same",
                        "label them with $tokens, or say $cross");
  }
  const bool of_queries = cross && reading.key_labels.size() == reading.queries();
  check_labels(reading.key_labels, reading.keys(), reading,
               of_queries ? "these may be the queries' tokens: $query-tokens"
                          : "give one label for each key with $tokens",
               faults);
  check_labels(reading.query_labels, reading.queries(), reading,
               "give one label for each query with $query-tokens", faults);
  if (cross || reading.key_labels.empty()) return;
  reading.query_labels.assign(
      reading.key_labels.end() - static_cast<std::ptrdiff_t>(reading.queries()),
      reading.key_labels.end());
}

std::optional<WindowOffsets> window_offsets(const Reading& reading) {
  // Fewer tokens have no pattern that chance could not make.
  constexpr std::size_t fewest_tokens = 4;
  if (reading.queries() < fewest_tokens || reading.queries() == reading.keys()) return std::nullopt;
  // The first token sees the global ones, and then nothing of the offsets before itself.
  const auto first = row(reading.layers.front().at(0, 0), 0);
  const auto zero = std::find(first.begin(), first.end(), 0.0);
  const auto global = static_cast<std::size_t>(zero - first.begin());
  if (global + 3 > reading.keys() || (reading.keys() - global) % 2 == 0) return std::nullopt;
  const std::size_t window = reading.keys() - global - 1;
  if (!shows_window(reading, global, window / 2)) return std::nullopt;
  return WindowOffsets{global, window};
}

void look_for_window(Reading& reading, Faults faults) {
  const auto found = window_offsets(reading);
  if (!found) return;
  const Finding finding{"the last axis holds offsets in a window of " +
                            std::to_string(found->window) + " tokens and " +
                            std::to_string(found->global) + " global ones, not keys (Longformer)",
                        "put every offset at its key, [query, key], before the dump"};
  if (faults == Faults::refused) throw InputError(reading.source, finding.what, finding.cure);
  reading.findings.push_back(finding);
}

}  // namespace attngraph
