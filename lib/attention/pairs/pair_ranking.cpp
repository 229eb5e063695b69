// The best of all pairs, and how they fall on known ones.
//
// Requires known pairs in ascending order, each once. One or two passes for the sums that the
// correction needs (pair_rows.hpp), one for the scores: a heap keeps the best `count` of them.
// For the summary the scores of known pairs are found first; every other one is then looked up
// among them, O(n² log K) for K known pairs, and memory is that of the known pairs.

#include "attention/pairs/pair_ranking.hpp"

#include <algorithm>
#include <cassert>

#include "attention/attention.hpp"

namespace attngraph {
namespace {

/// The pairs of one head that count, with their scores.
class ScoredPairs {
 public:
  ScoredPairs(const Attention& attention, std::size_t l, std::size_t h, const PairOptions& options)
      : attention_(attention), l_(l), h_(h), options_(options) {
    if (options.corrected) sums_ = pair_sums(attention, l, h, options.symmetrize);
    if (options.known) partners_ = partners(*options.known);
  }

  /// Calls `visit(pair)` for each of them.
  template <typename Visit>
  void visit(const Visit& visit) const {
    for_each_pair_row(attention_, l_, h_, options_.symmetrize,
                      [&](std::size_t row, std::size_t first, std::span<const double> scores) {
                        visit_row(row, first, scores, visit);
                      });
  }

 private:
  const Attention& attention_;
  std::size_t l_, h_;
  const PairOptions& options_;
  PairSums sums_;
  /// For each row the known ones with it, ascending.
  std::vector<std::vector<std::uint32_t>> partners_;

  std::vector<std::vector<std::uint32_t>> partners(const std::vector<TokenPair>& known) const {
    assert(std::is_sorted(known.begin(), known.end()));
    std::vector<std::vector<std::uint32_t>> of(std::max(attention_.queries(), attention_.keys()));
    for (const auto& [a, b] : known) {
      of[a].push_back(b);
      if (options_.symmetrize != Symmetrize::none) of[b].push_back(a);
    }
    for (auto& row : of) std::sort(row.begin(), row.end());
    return of;
  }

  bool far_enough(std::size_t row, std::size_t column) const {
    if (options_.min_separation == 0) return true;
    const std::size_t a = options_.places[row], b = options_.places[column];
    return (a > b ? a - b : b - a) >= options_.min_separation;
  }

  template <typename Visit>
  void visit_row(std::size_t row, std::size_t first, std::span<const double> scores,
                 const Visit& visit) const {
    const bool directed = options_.symmetrize == Symmetrize::none;
    const std::vector<std::uint32_t> none;
    const auto& partners = partners_.empty() ? none : partners_[row];
    auto next = std::lower_bound(partners.begin(), partners.end(), first);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const std::size_t column = first + i;
      const bool known = next != partners.end() && *next == column;
      if (known) ++next;
      if (!far_enough(row, column)) continue;
      auto a = static_cast<std::uint32_t>(row), b = static_cast<std::uint32_t>(column);
      if (!directed && a > b) std::swap(a, b);
      visit(RankedPair{sums_.corrected(scores[i], a, b), a, b, known ? 1U : 0U});
    }
  }
};

/// Keeps the first ones of an order.
class FirstPairs {
 public:
  explicit FirstPairs(std::size_t count) : count_(count) {}

  void offer(const RankedPair& pair) {
    if (pairs_.size() < count_) {
      pairs_.push_back(pair);
      std::push_heap(pairs_.begin(), pairs_.end(), before);
    } else if (count_ > 0 && pair.before(pairs_.front())) {
      std::pop_heap(pairs_.begin(), pairs_.end(), before);
      pairs_.back() = pair;
      std::push_heap(pairs_.begin(), pairs_.end(), before);
    }
  }

  std::vector<RankedPair> take() {
    std::sort_heap(pairs_.begin(), pairs_.end(), before);
    return std::move(pairs_);
  }

 private:
  std::size_t count_;
  /// A heap with the last of them in front.
  std::vector<RankedPair> pairs_;

  static bool before(const RankedPair& one, const RankedPair& other) { return one.before(other); }
};

/// Share of known pairs among the first `length / part`, at least 1, as far as there are so many.
double precision(const std::vector<RankedPair>& first, std::size_t length, std::size_t part) {
  const std::size_t count = std::min(std::max<std::size_t>(length / part, 1), first.size());
  std::size_t known = 0;
  for (std::size_t i = 0; i < count; ++i) known += first[i].known;
  return static_cast<double>(known) / static_cast<double>(count);
}

/// How other pairs stand to the known ones.
class Comparison {
 public:
  /// @param known in order, not empty
  explicit Comparison(std::vector<RankedPair> known) : known_(std::move(known)) {}

  void add(const RankedPair& other) {
    const auto higher = std::partition_point(
        known_.begin(), known_.end(), [&](const auto& one) { return one.score > other.score; });
    const auto not_lower = std::partition_point(
        higher, known_.end(), [&](const auto& one) { return one.score >= other.score; });
    twice_ += 2 * (higher - known_.begin()) + (not_lower - higher);
    before_first_ += other.before(known_.front()) ? 1 : 0;
  }

  double auc(std::int64_t others) const {
    const double all = static_cast<double>(known_.size()) * static_cast<double>(others);
    return others > 0 ? static_cast<double>(twice_) / (2 * all)
                      : std::numeric_limits<double>::quiet_NaN();
  }
  double reciprocal_rank() const { return 1 / static_cast<double>(before_first_ + 1); }

 private:
  std::vector<RankedPair> known_;
  /// Twice the number of known pairs that score higher, once of those that score the same.
  std::int64_t twice_ = 0;
  std::int64_t before_first_ = 0;
};

}  // namespace

std::vector<RankedPair> best_pairs(const Attention& attention, std::size_t l, std::size_t h,
                                   const PairOptions& options, std::size_t count) {
  FirstPairs first(count);
  ScoredPairs(attention, l, h, options).visit([&](const RankedPair& pair) { first.offer(pair); });
  return first.take();
}

PairSummary pair_summary(const Attention& attention, std::size_t l, std::size_t h,
                         const PairOptions& options, std::size_t length) {
  assert(options.known);
  const ScoredPairs scored(attention, l, h, options);
  PairSummary found;
  FirstPairs first(std::max<std::size_t>(length, 1));
  std::vector<RankedPair> known;
  scored.visit([&](const RankedPair& pair) {
    ++found.pairs;
    first.offer(pair);
    if (pair.known) known.push_back(pair);
  });
  found.known = static_cast<std::int64_t>(known.size());
  if (found.pairs == 0) return found;
  const auto best = first.take();
  found.precision_l = precision(best, length, 1);
  found.precision_l2 = precision(best, length, 2);
  found.precision_l5 = precision(best, length, 5);
  if (known.empty()) return found;
  std::sort(known.begin(), known.end(),
            [](const RankedPair& one, const RankedPair& other) { return one.before(other); });
  Comparison comparison(std::move(known));
  scored.visit([&](const RankedPair& pair) {
    if (!pair.known) comparison.add(pair);
  });
  found.auc = comparison.auc(found.pairs - found.known);
  found.reciprocal_rank = comparison.reciprocal_rank();
  return found;
}

}  // namespace attngraph
