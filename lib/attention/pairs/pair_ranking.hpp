#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "attention/pairs/pair_rows.hpp"

namespace attngraph {

class Attention;

/// Two tokens, by their indices among queries and keys.
using TokenPair = std::pair<std::uint32_t, std::uint32_t>;

struct PairOptions {
  Symmetrize symmetrize = Symmetrize::sum;
  /// Average product correction.
  bool corrected = true;
  /// Pairs whose places differ by less are left out; 0 in cross-attention.
  std::size_t min_separation = 1;
  /// Where the keys stand in the text; the queries too, unless they are of another.
  std::vector<std::size_t> places;
  /// Set: the pairs that are known, ascending; unless directed, first < second.
  std::optional<std::vector<TokenPair>> known;
};

struct RankedPair {
  double score;
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t known;

  /// Whether it stands before the other: by falling scores, then by a, then by b.
  bool before(const RankedPair& other) const {
    if (score != other.score) return score > other.score;
    return std::pair(a, b) < std::pair(other.a, other.b);
  }
};

/// The best pairs of one head in order, at most `count`.
std::vector<RankedPair> best_pairs(const Attention& attention, std::size_t l, std::size_t h,
                                   const PairOptions& options, std::size_t count);

/// How well the scores of one head tell known pairs from others. NaN where there is no such number.
struct PairSummary {
  std::int64_t pairs = 0;
  std::int64_t known = 0;
  /// Share of known pairs among the first L, L/2 and L/5, each at least 1.
  double precision_l = std::numeric_limits<double>::quiet_NaN();
  double precision_l2 = std::numeric_limits<double>::quiet_NaN();
  double precision_l5 = std::numeric_limits<double>::quiet_NaN();
  /// How often a known pair scores higher than another one, ties half.
  double auc = std::numeric_limits<double>::quiet_NaN();
  /// 1 / rank of the first known pair.
  double reciprocal_rank = std::numeric_limits<double>::quiet_NaN();
};

/// @param length L, the tokens of the text
PairSummary pair_summary(const Attention& attention, std::size_t l, std::size_t h,
                         const PairOptions& options, std::size_t length);

}  // namespace attngraph
