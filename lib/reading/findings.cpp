#include "reading/findings.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace attngraph {
namespace {

struct Shape2 {
  std::size_t queries;
  std::size_t keys;
};

/// One thing that can be wrong with a head: how to see it, and what to say.
struct Symptom {
  const char* word;
  bool (*shows)(const HeadScan&, const Shape2&);
  const char* what;
  /// What ends in `$axes ` is followed by the axes, key and query exchanged.
  const char* cure;
  /// Share of the heads that must show it: one head alone may look like this and be well.
  double share = 0;
  /// It says nothing where the numbers say that they are to be read in another way.
  bool of_this_reading = false;
};

bool unnormalized(const HeadScan& scan) { return scan.unnormalized_rows > 0; }

bool transposed(const HeadScan& scan, const Shape2& shape) {
  return unnormalized(scan) && scan.negative == 0 && shape.queries == shape.keys &&
         scan.column_sum_deviation < 1e-2;
}

bool scores(const HeadScan& scan, const Shape2&) { return scan.negative > 0; }

/// Dropout leaves some weights at zero and divides the rest by what it keeps, so row sums lie on
/// both sides of 1.
bool dropout(const HeadScan& scan, const Shape2& shape) {
  return unnormalized(scan) && !scores(scan, shape) && !transposed(scan, shape) &&
         scan.zeros_behind > 0 && scan.row_sum_max > 1.001 && scan.row_sum_max < 3;
}

/// Rows that all sum to less than 1: the rest went to a sink outside the keys.
bool sink_rows(const HeadScan& scan, const Shape2& shape) {
  return unnormalized(scan) && !scores(scan, shape) && !transposed(scan, shape) &&
         !dropout(scan, shape) && scan.row_sum_max <= 1.001 && scan.row_sum_min > 0;
}

bool nearly_causal(const HeadScan& scan, const Shape2& shape) {
  const std::size_t smaller = std::min(shape.queries, shape.keys);
  return smaller > 2 && scan.entries_ahead > 0 && scan.negative == 0 &&
         scan.mass_ahead < 1e-3 * scan.mass;
}

bool all_zero(const HeadScan& scan, const Shape2&) { return scan.zeros == scan.entries; }

bool padding(const HeadScan& scan, const Shape2& shape) {
  return scan.unseen_tail > 0 && !all_zero(scan, shape) && scan.zero_rows != scan.rows;
}

bool masked_nan(const HeadScan& scan, const Shape2& shape) {
  return scan.nan_rows > 0 && scan.not_finite == scan.nan_rows * shape.keys;
}

bool padding_in_front(const HeadScan& scan, const Shape2& shape) {
  return scan.padded_front > 0 && !all_zero(scan, shape) && scan.zero_rows != scan.rows;
}

constexpr std::array symptoms{
    Symptom{
        "masked NaN", masked_nan, "have whole rows of NaN: queries that see no key",
        "queries of padding: numpy.nan_to_num(attention) makes their rows zeros, which are read "
        "as masked, or cut the padding off before the dump"},
    Symptom{"NaN",
            [](const HeadScan& scan, const Shape2& shape) {
              return scan.not_finite > 0 && !masked_nan(scan, shape);
            },
            "hold NaN or infinite weights",
            "a softmax over a fully masked row or overflow in float16 gives NaN: dump again in "
            "float32 with eager attention"},
    Symptom{"negative", scores, "hold negative numbers: scores, not attention",
            "dump what comes out of the softmax, or let attngraph attend compute it from query "
            "and key"},
    Symptom{"transposed", transposed, "have columns that sum to 1, and rows that do not",
            "the matrices lie transposed: name the axes with key and query exchanged, $axes ", 0,
            true},
    Symptom{"dropout", dropout, "have zeros and row sums around 1: dropout was on",
            "call model.eval() before the dump, or go on with $normalize rows", 0, true},
    Symptom{"sink", sink_rows, "have rows that sum to less than 1",
            "where the model has an attention sink outside the keys this is right: $normalize "
            "none keeps it, $normalize rows divides it away",
            0, true},
    Symptom{"row sums",
            [](const HeadScan& scan, const Shape2& shape) {
              return unnormalized(scan) && !scores(scan, shape) && !transposed(scan, shape) &&
                     !dropout(scan, shape) && !sink_rows(scan, shape);
            },
            "have rows that do not sum to 1",
            "$normalize rows divides each row by its sum; $normalize none takes any "
            "non-negative matrix",
            0, true},
    Symptom{"all zero", all_zero, "are all zeros",
            "a pruned head, or fused attention that returns no weights: ask the library for eager "
            "attention, or dump query and key"},
    Symptom{"leak", nearly_causal, "are causal but for a tiny mass on later keys",
            "the mask was a large negative number, not -inf: $causal yes reads them as causal",
            0.9},
    Symptom{"padding", padding, "leave keys at the end unseen by every query: padding",
            "cut the padding off before the dump, or pass the sentence alone", 0, true},
    Symptom{"padding in front", padding_in_front,
            "leave keys in front to masked queries alone: padding on the left, as decoders pad",
            "cut the first tokens off, queries and keys, before the dump, or pass the sentence "
            "alone",
            1, true},
};

std::string cure_of(const Symptom& symptom, const Axes& axes) {
  std::string cure = symptom.cure;
  if (!cure.ends_with("$axes ")) return cure;
  Axes exchanged = axes;
  for (Axis& axis : exchanged) {
    axis = axis == Axis::query ? Axis::key : axis == Axis::key ? Axis::query : axis;
  }
  return cure + axes_option(exchanged);
}

/// Indices of the heads that show it; none where they are too few to mean it.
std::vector<std::size_t> heads_showing(const Symptom& symptom,
                                       const std::vector<ScannedHead>& heads, Shape2 shape) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (symptom.shows(heads[i].scan, shape)) shown.push_back(i);
  }
  if (static_cast<double>(shown.size()) < symptom.share * static_cast<double>(heads.size())) {
    shown.clear();
  }
  return shown;
}

}  // namespace

std::vector<std::string> head_verdicts(const std::vector<ScannedHead>& heads, std::size_t queries,
                                       std::size_t keys) {
  std::vector<std::string> verdicts(heads.size());
  for (const auto& symptom : symptoms) {
    const auto shown = heads_showing(symptom, heads, {queries, keys});
    for (const std::size_t i : shown) {
      verdicts[i] += (verdicts[i].empty() ? "" : ", ") + std::string(symptom.word);
    }
  }
  for (auto& verdict : verdicts) {
    if (verdict.empty()) verdict = "ok";
  }
  return verdicts;
}

bool shows_dropout(const HeadScan& scan, std::size_t queries, std::size_t keys) {
  return dropout(scan, {queries, keys});
}

std::vector<Finding> diagnosis(const std::vector<ScannedHead>& heads, std::size_t queries,
                               std::size_t keys, const Axes& axes, OtherReading other) {
  std::vector<Finding> findings;
  for (const auto& symptom : symptoms) {
    if (other == OtherReading::found && symptom.of_this_reading) continue;
    const auto shown = heads_showing(symptom, heads, {queries, keys});
    if (shown.empty()) continue;
    const ScannedHead& first = heads[shown.front()];
    findings.push_back({std::to_string(shown.size()) + " of " + std::to_string(heads.size()) +
                            " heads " + symptom.what + " (first: layer " +
                            std::to_string(first.layer) + ", head " + std::to_string(first.head) +
                            ")",
                        cure_of(symptom, axes)});
  }
  return findings;
}

}  // namespace attngraph
