// The best of all pairs, and how they fall on known ones.
//
// Requires known pairs in ascending order, each once. The best corrected pairs take one pass where
// they stand out, two elsewhere; the summary takes one for the sums and two for the scores: those
// of known pairs are found first, every other one is then looked up among them, O(n² log K) for K
// known pairs, and memory is that of the known pairs.

#include "attention/pairs/pair_ranking.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <functional>

#include "attention/attention.hpp"
#include "attention/pairs/first_pairs.hpp"
#include "attention/pairs/scored_pairs.hpp"

namespace attngraph {
namespace {

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
  explicit Comparison(const std::vector<RankedPair>& known) : known_(known) {}

  void add(const RankedPair& other) {
    const auto higher = std::partition_point(
        known_.begin(), known_.end(), [&](const auto& one) { return one.score > other.score; });
    const auto not_lower = std::partition_point(
        higher, known_.end(), [&](const auto& one) { return one.score >= other.score; });
    twice_ += 2 * (higher - known_.begin()) + (not_lower - higher);
    before_first_ += other.before(known_.front()) ? 1 : 0;
  }
  void add(const Comparison& others) {
    twice_ += others.twice_;
    before_first_ += others.before_first_;
  }

  double auc(std::int64_t others) const {
    const double all = static_cast<double>(known_.size()) * static_cast<double>(others);
    return others > 0 ? static_cast<double>(twice_) / (2 * all)
                      : std::numeric_limits<double>::quiet_NaN();
  }
  double reciprocal_rank() const { return 1 / static_cast<double>(before_first_ + 1); }

 private:
  const std::vector<RankedPair>& known_;
  /// Twice the number of known pairs that score higher, once of those that score the same.
  std::int64_t twice_ = 0;
  std::int64_t before_first_ = 0;
};

/// Looks for the first pairs of a head on all threads.
class Search {
 public:
  /// @param least pairs below this score are not among them
  Search(const ScoredPairs& scored, std::size_t count, double least = any_score)
      : scored_(scored), count_(count), first_(count), least_(least) {}

  /// Those of some rows, on any thread.
  FirstPairs among(const std::vector<PairRow>& rows) const {
    FirstPairs some(count_);
    scored_.visit(rows, least_, [&](const RankedPair& pair) { some.offer(pair); });
    return some;
  }
  void add(const FirstPairs& some) {
    first_.offer(some);
    least_ = std::max(least_.load(), first_.least());
  }
  FirstPairs& first() { return first_; }

 private:
  const ScoredPairs& scored_;
  std::size_t count_;
  FirstPairs first_;
  /// Grows while other threads look for better ones.
  std::atomic<double> least_;
};

/// The best pairs whose scores reach `least`.
std::vector<RankedPair> best_of_all(const PairScores& scores, const ScoredPairs& scored,
                                    std::size_t count, double least) {
  Search search(scored, count, least);
  scores.visit([&](const std::vector<PairRow>& rows) {
    return [&search, some = search.among(rows)] { search.add(some); };
  });
  return search.first().take();
}

/// The best pairs by corrected scores, mostly in one pass: a correction only lowers a score, so
/// where the last of the best ones, of the pairs with the highest F, still stands above the F of
/// all others, no other can be among them (Fagin, Lotem and Naor 2003, "Optimal aggregation
/// algorithms for middleware": the threshold).
std::vector<RankedPair> best_corrected(const PairScores& scores, const PairOptions& options,
                                       std::size_t count) {
  const std::size_t surveyed = std::max(16 * count, 4 * scores.columns());
  const ScoredPairs plain(scores, {}, options);
  Search highest(plain, surveyed);
  PairSummation summation(scores);
  scores.visit([&](const std::vector<PairRow>& rows) {
    return [&, some = highest.among(rows), part = summation.part(rows)] {
      highest.add(some);
      summation.add(part);
    };
  });
  const ScoredPairs scored(scores, summation.sums(), options);
  FirstPairs best(count);
  const std::vector<RankedPair> survey = highest.first().take();
  for (RankedPair pair : survey) {
    pair.score = scored.corrected(pair);
    best.offer(pair);
  }
  std::vector<RankedPair> found = best.take();
  if (survey.size() < surveyed) return found;
  constexpr double rounding = 1 + 1e-11;
  if (survey.back().score * rounding < found.back().score) return found;
  return best_of_all(scores, scored, count, found.back().score);
}

}  // namespace

std::vector<RankedPair> best_pairs(const Attention& attention, std::size_t l, std::size_t h,
                                   const PairOptions& options, std::size_t count) {
  const PairScores scores(attention, l, h, options.symmetrize);
  const bool few = 0 < count && count < scores.columns();
  if (options.corrected && few) return best_corrected(scores, options, count);
  const PairSums sums = options.corrected ? pair_sums(scores) : PairSums();
  return best_of_all(scores, ScoredPairs(scores, sums, options), count, any_score);
}

PairSummary pair_summary(const Attention& attention, std::size_t l, std::size_t h,
                         const PairOptions& options, std::size_t length) {
  assert(options.known);
  const PairScores scores(attention, l, h, options.symmetrize);
  const PairSums sums = options.corrected ? pair_sums(scores) : PairSums();
  const ScoredPairs scored(scores, sums, options);
  PairSummary found;
  FirstPairs first(std::max<std::size_t>(length, 1));
  std::vector<RankedPair> known;
  struct Gathered {
    std::int64_t pairs;
    FirstPairs first;
    std::vector<RankedPair> known;
  };
  scored.gather(
      [&] {
        return Gathered{0, FirstPairs(std::max<std::size_t>(length, 1)), {}};
      },
      [](Gathered& some, const RankedPair& pair) {
        ++some.pairs;
        some.first.offer(pair);
        if (pair.known) some.known.push_back(pair);
      },
      [&](const Gathered& some) {
        found.pairs += some.pairs;
        first.offer(some.first);
        known.insert(known.end(), some.known.begin(), some.known.end());
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
  Comparison comparison(known);
  scored.gather([&] { return Comparison(known); },
                [](Comparison& some, const RankedPair& pair) {
                  if (!pair.known) some.add(pair);
                },
                [&](const Comparison& some) { comparison.add(some); });
  found.auc = comparison.auc(found.pairs - found.known);
  found.reciprocal_rank = comparison.reciprocal_rank();
  return found;
}

}  // namespace attngraph
