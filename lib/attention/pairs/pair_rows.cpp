// Both directions between tokens, from rows that come one block at a time.
//
// Requires finite weights. F_ab needs A_ab, which comes with row a, and A_ba, which comes with row
// b > a. In a causal head the first is 0, so a row is all there is. Otherwise a band of rows is
// held while those behind it pass, and the rows are asked for once for each band: one pass where
// the matrix fits into the band's memory (64 MiB), n² / 2^23 passes beyond. Cost O(n²) for each
// pass, or what making the rows costs.

#include "attention/pairs/pair_rows.hpp"

#include <algorithm>

#include "attention/attention.hpp"
#include "attention/positions.hpp"
#include "core/stop.hpp"

namespace attngraph {
namespace {

double together(double one, double other, Symmetrize symmetrize) {
  switch (symmetrize) {
    case Symmetrize::sum:
      return one + other;
    case Symmetrize::max:
      return std::max(one, other);
    case Symmetrize::min:
      return std::min(one, other);
    case Symmetrize::none:
      break;
  }
  return one;
}

/// Calls `visit(row, first, weights)` for each row, by the place of its query among the keys; in
/// cross-attention by its index.
void for_each_row(const Attention& attention, std::size_t l, std::size_t h,
                  const VisitPairs& visit) {
  const std::size_t queries = attention.queries(), keys = attention.keys();
  attention.rows(l, h, [&](const RowBlock<double>& block) {
    check_stop();
    const auto columns = static_cast<std::size_t>(block.weights.cols());
    for (Index r = 0; r < block.weights.rows(); ++r) {
      const auto query = static_cast<std::size_t>(block.first_query + r);
      const std::size_t row = attention.cross() ? query : position_of(query, queries, keys);
      visit(row, static_cast<std::size_t>(block.first_key), {block.weights.row(r).data(), columns});
    }
  });
}

/// Rows whole: A itself, or a causal head, where nothing stands in the other direction.
void visit_rows(const Attention& attention, std::size_t l, std::size_t h, Symmetrize symmetrize,
                const VisitPairs& visit) {
  const bool directed = symmetrize == Symmetrize::none;
  std::vector<double> scores;
  for_each_row(attention, l, h,
               [&](std::size_t row, std::size_t first, std::span<const double> weights) {
                 const std::size_t end = directed ? attention.keys() : row + 1;
                 scores.assign(end, 0.0);
                 const std::size_t shown = std::min(end, first + weights.size());
                 for (std::size_t k = first; k < shown; ++k) {
                   const double weight = weights[k - first];
                   scores[k] = together(weight, k == row ? weight : 0.0, symmetrize);
                 }
                 visit(row, 0, scores);
               });
}

/// Rows of F from the diagonal on, of the tokens from `begin` on.
class Band {
 public:
  Band(std::size_t begin, std::size_t count, std::size_t tokens, Symmetrize symmetrize)
      : begin_(begin),
        end_(begin + count),
        symmetrize_(symmetrize),
        scores_(Matrix::Zero(static_cast<Index>(count), static_cast<Index>(tokens - begin))) {}

  void take(std::size_t row, std::size_t first, std::span<const double> weights) {
    const auto weight = [&](std::size_t key) {
      return key >= first && key < first + weights.size() ? weights[key - first] : 0.0;
    };
    for (std::size_t k = begin_; k < std::min(row, end_); ++k) {
      at(k, row) = together(at(k, row), weight(k), symmetrize_);
    }
    if (row < begin_ || row >= end_) return;
    at(row, row) = together(weight(row), weight(row), symmetrize_);
    const std::size_t last = first + weights.size();
    for (std::size_t k = std::max(first, row + 1); k < last; ++k) at(row, k) = weight(k);
  }

  void visit(const VisitPairs& visit) const {
    for (std::size_t row = begin_; row < end_; ++row) {
      const double* scores = &scores_(static_cast<Index>(row - begin_), 0);
      const auto columns = static_cast<std::size_t>(scores_.cols());
      visit(row, row, {scores + (row - begin_), columns - (row - begin_)});
    }
  }

 private:
  std::size_t begin_, end_;
  Symmetrize symmetrize_;
  Matrix scores_;

  double& at(std::size_t row, std::size_t column) {
    return scores_(static_cast<Index>(row - begin_), static_cast<Index>(column - begin_));
  }
};

/// Without rows of other queries, the sums of A + Aᵀ are those of its rows and columns.
Vector sums_of_both(const Attention& attention, std::size_t l, std::size_t h) {
  Vector sums = Vector::Zero(static_cast<Index>(attention.keys()));
  for_each_row(
      attention, l, h, [&](std::size_t row, std::size_t first, std::span<const double> weights) {
        const Eigen::Map<const Vector> all(weights.data(), static_cast<Index>(weights.size()));
        sums[static_cast<Index>(row)] += all.sum();
        sums.segment(static_cast<Index>(first), all.size()) += all;
      });
  return sums;
}

}  // namespace

void for_each_pair_row(const Attention& attention, std::size_t l, std::size_t h,
                       Symmetrize symmetrize, const VisitPairs& visit, std::size_t band_bytes) {
  if (symmetrize == Symmetrize::none || attention.causal()) {
    return visit_rows(attention, l, h, symmetrize, visit);
  }
  const std::size_t tokens = attention.keys();
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < tokens; begin += count) {
    const std::size_t room = band_bytes / sizeof(double) / (tokens - begin);
    count = std::clamp<std::size_t>(room, 1, tokens - begin);
    Band band(begin, count, tokens, symmetrize);
    for_each_row(attention, l, h,
                 [&](std::size_t row, std::size_t first, std::span<const double> weights) {
                   band.take(row, first, weights);
                 });
    band.visit(visit);
  }
}

PairSums pair_sums(const Attention& attention, std::size_t l, std::size_t h,
                   Symmetrize symmetrize) {
  PairSums sums;
  sums.corrects = true;
  if (symmetrize == Symmetrize::sum) {
    sums.rows = sums.columns = sums_of_both(attention, l, h);
    sums.total = sums.rows.sum();
    return sums;
  }
  const auto keys = static_cast<Index>(attention.keys());
  const bool directed = symmetrize == Symmetrize::none;
  sums.rows = Vector::Zero(std::max(keys, static_cast<Index>(attention.queries())));
  sums.columns = Vector::Zero(keys);
  for_each_pair_row(attention, l, h, symmetrize,
                    [&](std::size_t row, std::size_t first, std::span<const double> scores) {
                      const Eigen::Map<const Vector> all(scores.data(),
                                                         static_cast<Index>(scores.size()));
                      const auto here = static_cast<Index>(row);
                      sums.rows[here] += all.sum();
                      sums.columns.segment(static_cast<Index>(first), all.size()) += all;
                      if (!directed) sums.columns[here] -= scores[row - first];
                    });
  if (!directed) sums.rows = sums.columns = Vector(sums.rows + sums.columns);
  sums.total = sums.rows.sum();
  return sums;
}

}  // namespace attngraph
