#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>

#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;

/// What becomes of the weights of both directions between two tokens.
enum class Symmetrize { sum, max, min, none };

/// Scores of one token with those that stand side by side: that of `row` and `first + i` is
/// values[i]. Without `none` every pair comes once, in whichever order, and each token with itself.
using VisitPairs =
    std::function<void(std::size_t row, std::size_t first, std::span<const double> values)>;

/// The scores F of all pairs of tokens of one head, ascending by their rows, on the calling thread:
/// A + Aᵀ, the larger or smaller of both, or A itself (row the query). Queries that the head has
/// not count as rows of zeros. Memory is that of a band of rows, `band_bytes`, or one row where
/// that is more.
void for_each_pair_row(const Attention& attention, std::size_t l, std::size_t h,
                       Symmetrize symmetrize, const VisitPairs& visit,
                       std::size_t band_bytes = std::size_t{64} << 20);

/// Average product correction: F'_ab = F_ab - rows[a] · columns[b] / total.
struct PairSums {
  Vector rows;
  Vector columns;
  double total = 0;
  bool corrects = false;

  /// To 12 digits of what is taken off, so that what differs by rounding alone is equal.
  double corrected(double score, std::size_t a, std::size_t b) const {
    if (!corrects || total == 0) return score;
    const double expected = rows[static_cast<Index>(a)] * columns[static_cast<Index>(b)] / total;
    const double coarse = 4096 * std::max(score, expected);
    return (score - expected + coarse) - coarse;
  }
};

/// The sums of the rows and columns of F, over all tokens.
PairSums pair_sums(const Attention& attention, std::size_t l, std::size_t h, Symmetrize symmetrize);

}  // namespace attngraph
