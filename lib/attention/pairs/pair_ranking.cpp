// The best of all pairs, and how they fall on known ones.
//
// Requires known pairs in ascending order, each once. One or two passes for the sums that the
// correction needs (pair_rows.hpp), one for the scores. What
// cannot be among them is seen several numbers at a time, without its exact score.
// For the summary the scores of known pairs are found first; every other one is then looked up
// among them, O(n² log K) for K known pairs, and memory is that of the known pairs.

#include "attention/pairs/pair_ranking.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <functional>

#include "attention/attention.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {
namespace {

/// Below the score of every pair.
constexpr double any_score = -std::numeric_limits<double>::infinity();

/// The pairs of one head that count, with their scores.
class ScoredPairs {
 public:
  /// @param scores, options must live as long as this
  ScoredPairs(const PairScores& scores, PairSums sums, const PairOptions& options)
      : scores_(scores), options_(options), sums_(std::move(sums)) {
    if (options.known) partners_ = partners(*options.known);
  }

  /// Calls `visit(pair)` for those of some rows.
  /// @param least pairs below this score may be left out
  template <typename Visit>
  void visit(const std::vector<PairRow>& rows, double least, const Visit& visit) const {
    for (const PairRow& row : rows) visit_row(row, least, visit);
  }

  /// For some rows after the other calls, on any thread, `visit(gathered, pair)` for each of their
  /// pairs, beginning with `make()`, and on this thread, in order, `take(gathered)`.
  template <typename Make, typename Visit, typename Take>
  void gather(const Make& make, const Visit& visit, const Take& take) const {
    scores_.visit([&](const std::vector<PairRow>& rows) {
      auto gathered = make();
      this->visit(rows, any_score, [&](const RankedPair& pair) { visit(gathered, pair); });
      return [&take, gathered = std::move(gathered)] { take(gathered); };
    });
  }

  double corrected(const RankedPair& pair) const {
    return sums_.corrected(pair.score, pair.a, pair.b);
  }

 private:
  const PairScores& scores_;
  const PairOptions& options_;
  PairSums sums_;
  /// For each row the known ones with it, ascending.
  std::vector<std::vector<std::uint32_t>> partners_;

  std::vector<std::vector<std::uint32_t>> partners(const std::vector<TokenPair>& known) const {
    assert(std::is_sorted(known.begin(), known.end()));
    std::vector<std::vector<std::uint32_t>> of(scores_.rows());
    for (const auto& [a, b] : known) {
      of[a].push_back(b);
      if (!scores_.directed()) of[b].push_back(a);
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
  void visit_row(const PairRow& row, double least, const Visit& visit) const {
    constexpr std::size_t stretch = 512;
    std::array<std::int32_t, stretch + 1> places;
    // Its share of the row's sum, by which a column's sum is multiplied.
    const bool corrects = sums_.corrects && sums_.total != 0;
    const double share = corrects ? sums_.rows[static_cast<Index>(row.row)] / sums_.total : 0;
    const double* sums = corrects ? sums_.columns.data() + row.first : row.scores.data();
    for (std::size_t begin = 0; begin < row.scores.size(); begin += stretch) {
      const auto count = static_cast<std::ptrdiff_t>(std::min(stretch, row.scores.size() - begin));
      const std::ptrdiff_t found = kernels().excesses_from(row.scores.data() + begin, sums + begin,
                                                           share, count, least, places.data());
      for (std::ptrdiff_t i = 0; i < found; ++i) {
        const std::size_t place = begin + static_cast<std::size_t>(places[i]);
        visit_pair(row.row, row.first + place, row.scores[place], visit);
      }
    }
  }

  template <typename Visit>
  void visit_pair(std::size_t row, std::size_t column, double score, const Visit& visit) const {
    if (!far_enough(row, column)) return;
    auto a = static_cast<std::uint32_t>(row), b = static_cast<std::uint32_t>(column);
    const bool known =
        !partners_.empty() && std::binary_search(partners_[a].begin(), partners_[a].end(), b);
    if (!scores_.directed() && a > b) std::swap(a, b);
    visit(RankedPair{sums_.corrected(score, a, b), a, b, known ? 1U : 0U});
  }
};

/// Keeps the first ones of an order, and for a while some more.
class FirstPairs {
 public:
  explicit FirstPairs(std::size_t count) : count_(count) {}

  void offer(const RankedPair& pair) {
    if (count_ == 0 || (last_ && !pair.before(*last_))) return;
    pairs_.push_back(pair);
    if (pairs_.size() / 2 >= count_) drop_others();
  }
  void offer(const FirstPairs& others) {
    for (const RankedPair& pair : others.pairs_) offer(pair);
  }

  /// No pair below this score will be among them.
  double least() const {
    if (count_ == 0) return std::numeric_limits<double>::infinity();
    return last_ ? last_->score : any_score;
  }

  /// The first ones in order.
  std::vector<RankedPair> take() {
    std::sort(pairs_.begin(), pairs_.end(), Before());
    if (pairs_.size() > count_) pairs_.resize(count_);
    return std::move(pairs_);
  }

 private:
  struct Before {
    bool operator()(const RankedPair& one, const RankedPair& other) const {
      return one.before(other);
    }
  };

  std::size_t count_;
  std::vector<RankedPair> pairs_;
  /// The last of so many pairs.
  std::optional<RankedPair> last_;

  void drop_others() {
    const auto last = pairs_.begin() + static_cast<std::ptrdiff_t>(count_ - 1);
    std::nth_element(pairs_.begin(), last, pairs_.end(), Before());
    last_ = *last;
    pairs_.resize(count_);
  }
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
