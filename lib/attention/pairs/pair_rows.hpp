#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

class Attention;
class SymmetricTiles;

/// What becomes of the weights of both directions between two tokens.
enum class Symmetrize { sum, max, min, none };

/// Scores of one token with those that stand side by side: that of `row` and `first + i` is
/// scores[i].
struct PairRow {
  std::size_t row = 0;
  std::size_t first = 0;
  std::span<const double> scores;
};

/// Work on some rows that any thread may do, at the same time as on others; what it returns is
/// called afterwards on the calling thread, in order. The scores are valid until then.
using WorkOnPairs = std::function<std::function<void()>(const std::vector<PairRow>& rows)>;

/// The scores F of all pairs of tokens of one head: A + Aᵀ, the larger or smaller of both, or A
/// itself (row the query). Queries that the head has not count as rows of zeros. Memory is that of
/// a tile for each thread.
class PairScores {
 public:
  /// @param attention must live as long as this
  PairScores(const Attention& attention, std::size_t l, std::size_t h, Symmetrize symmetrize);
  ~PairScores();

  bool directed() const { return symmetrize_ == Symmetrize::none; }
  /// Rows and columns of F.
  std::size_t rows() const;
  std::size_t columns() const;

  /// All of them; unless directed() every pair comes once, in whichever order, and each token with
  /// itself.
  void visit(const WorkOnPairs& work) const;

 private:
  const Attention& attention_;
  std::size_t l_, h_;
  Symmetrize symmetrize_;
  /// Set where both directions meet.
  std::unique_ptr<SymmetricTiles> tiles_;
};

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

/// Adds the scores of all pairs up, to the sums of the rows and columns of F.
class PairSummation {
 public:
  explicit PairSummation(const PairScores& scores);

  /// Sums for the indices from `first` on.
  struct From {
    Index first;
    Vector sums;
  };
  struct Part {
    From rows;
    From columns;
  };
  /// Those of some rows, on any thread.
  Part part(const std::vector<PairRow>& rows) const;
  /// Parts are added in order.
  void add(const Part& part);
  /// When all have been added.
  PairSums sums() const;

 private:
  bool directed_;
  Vector rows_;
  Vector columns_;
};

PairSums pair_sums(const PairScores& scores);

}  // namespace attngraph
