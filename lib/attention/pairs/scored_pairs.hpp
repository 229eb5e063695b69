#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "attention/pairs/first_pairs.hpp"
#include "attention/pairs/pair_ranking.hpp"
#include "attention/pairs/pair_rows.hpp"
#include "numeric/kernels/kernels.hpp"

namespace attngraph {

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

  /// Goes through all pairs, some rows at a time: on any thread `visit(gathered, pair)` for each of
  /// theirs, beginning with what `make()` gives, then `take(gathered)` on this thread, in order.
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

}  // namespace attngraph
