#include <algorithm>
#include <cmath>
#include <limits>

#include "attention/attention.hpp"
#include "attention/edges/edge_heads.hpp"
#include "attention/heads/head_scan.hpp"
#include "attention/stored/stored_rows.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/text/number_text.hpp"
#include "reading/findings.hpp"

namespace attngraph {
namespace {

constexpr double refused_deviation = 0.1;

/// A row of the selection.
struct Row {
  std::size_t layer = 0;
  std::size_t head = 0;
  std::size_t query = 0;
  double sum = 1;

  double deviation() const { return std::abs(sum - 1); }
};

std::string place(const Attention& stack, const Row& row) {
  return stack.place(row.layer, row.head) + ", row " + std::to_string(row.query);
}

[[noreturn]] void refuse(const std::string& where, double weight) {
  if (std::isfinite(weight)) {
    throw InputError(where,
                     "the weight " + number_text(weight) + " is negative, expected 0 or more",
                     "are these scores? attention is what comes out of the softmax");
  }
  throw InputError(where, "the weight is " + number_text(weight) + ", expected a finite number",
                   "NaN rows come from a softmax over a fully masked row (padding: "
                   "numpy.nan_to_num makes it a masked row of zeros) or from overflow in float16: "
                   "dump again with eager attention in float32");
}

/// A sum without end would make zeros of the row where it is divided, and no number of a metric.
double checked_sum(const Attention& stack, const Row& row, double sum) {
  if (std::isfinite(sum)) return sum;
  throw InputError(place(stack, row), "the row sums to more than a float64 holds, expected 1",
                   "divide the weights before: array / array.max()");
}

/// The sum of a row whose entries are all finite and not negative.
double checked_row_sum(const Attention& stack, const Row& row, StoredRows& weights) {
  const RowFacts facts = weights.facts(row.query);
  if (std::isfinite(facts.sum) && facts.lowest >= 0) return facts.sum;
  for (std::size_t k = 0; k < weights.columns(); ++k) {
    const double weight = weights.number(row.query, k);
    if (std::isfinite(weight) && weight >= 0) continue;
    refuse(place(stack, row) + ", column " + std::to_string(k), weight);
  }
  return checked_sum(stack, row, facts.sum);
}

/// What rows may sum to, 0 apart, so that shares of them and products of a few weights are numbers
/// that a file of that type holds.
struct SumRange {
  double least = 0;
  double most = std::numeric_limits<double>::max();

  bool holds(double sum) const { return sum >= least && sum <= most; }
  std::string text() const {
    if (most == SumRange().most) return "at least " + number_text(least);
    return "from " + number_text(least) + " to " + number_text(most);
  }
};

SumRange sum_range(Normalize normalize, bool single_precision) {
  if (normalize == Normalize::rows) return {1e-290};
  if (normalize == Normalize::check) return {};
  return single_precision ? SumRange{1e-30, 1e30} : SumRange{1e-150, 1e150};
}

/// The row of one head whose sum is furthest from 1, masked rows apart.
Row worst_row(const Attention& stack, std::size_t layer, std::size_t head, const SumRange& range) {
  Row worst{layer, head};
  const auto add = [&](const Row& row) {
    const bool masked = row.sum == 0;
    if (!masked && !range.holds(row.sum)) {
      throw InputError(
          place(stack, row),
          "the row sums to " + number_text(row.sum) + ", expected 0, or " + range.text(),
          "divide the weights before: array / array.max()");
    }
    if (!masked && row.deviation() > worst.deviation()) worst = row;
  };
  if (const EdgeArrays* edges = stack.edges(layer, head)) {
    const std::vector<double> sums = row_sums(*edges);
    for (std::size_t q = 0; q < sums.size(); ++q) {
      const Row row{layer, head, q};
      add({layer, head, q, checked_sum(stack, row, sums[q])});
    }
    return worst;
  }
  StoredRows weights(stack.numbers(layer, head));
  for (std::size_t q = 0; q < weights.rows(); ++q) {
    Row row{layer, head, q};
    row.sum = checked_row_sum(stack, row, weights);
    add(row);
  }
  return worst;
}

/// The cure that `inspect` names too.
std::string row_sum_hint(const Attention& stack, const Row& worst) {
  const bool stored = stack.edges(worst.layer, worst.head) == nullptr;
  const bool dropout = stored && shows_dropout(head_scan(stack.numbers(worst.layer, worst.head),
                                                         row_sum_tolerance(stack.dtype())),
                                               stack.queries(), stack.keys());
  return dropout ? "was dropout on? call model.eval() before the dump, or go on with $normalize "
                   "rows, which divides each row by its sum"
                 : "are these scores, or rows with an attention sink? $normalize rows divides "
                   "each row by its sum, $normalize none takes any non-negative matrix";
}

std::vector<std::string> row_sum_notes(const Attention& stack, const Row& worst,
                                       const std::string& cure) {
  if (worst.deviation() <= row_sum_tolerance(stack.dtype())) return {};
  if (worst.deviation() > refused_deviation) {
    throw InputError(place(stack, worst),
                     "the row sums to " + rounded_text(worst.sum, 6) + ", expected 1",
                     cure.empty() ? row_sum_hint(stack, worst) : cure);
  }
  return {"row sums are off by up to " + rounded_text(worst.deviation(), 2) + " (" +
          place(stack, worst) + " sums to " + rounded_text(worst.sum, 6) + "); " +
          (cure.empty() ? "$normalize rows divides each row by its sum" : cure)};
}

}  // namespace

double row_sum_tolerance(Dtype dtype) {
  switch (dtype) {
    case Dtype::f16:
      return 1e-3;
    case Dtype::bf16:
      return 5e-3;
    default:
      return 1e-5;
  }
}

std::vector<std::string> check_attention(const Attention& stack, Normalize normalize,
                                         const std::string& cure) {
  std::vector<Row> worst(stack.layers() * stack.heads());
  const SumRange range = sum_range(normalize, stack.single_precision());
  parallel_for(worst.size(), [&](std::size_t i) {
    worst[i] = worst_row(stack, i / stack.heads(), i % stack.heads(), range);
  });
  const auto least_first = [](const Row& a, const Row& b) { return a.deviation() < b.deviation(); };
  return normalize == Normalize::check
             ? row_sum_notes(stack, *std::max_element(worst.begin(), worst.end(), least_first),
                             cure)
             : std::vector<std::string>{};
}

}  // namespace attngraph
