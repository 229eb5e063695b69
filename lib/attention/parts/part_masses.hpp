#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "attention/parts/parts.hpp"
#include "attention/row_block.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// How much parts attend to each other [from, to]; NaN where `from` has no query that attends to
/// anything, or a part has no tokens on its side.
struct PartMasses {
  /// Sum over the keys of `to`, mean over the queries of `from`.
  Matrix mass;
  /// Mean over both.
  Matrix density;
};

/// Collects the masses between parts of one head from its rows, each once. Memory is the square of
/// the number of parts; rows cost a pass over them. Rows that are all zero count nowhere.
class PartTally {
 public:
  explicit PartTally(const Parts& parts);

  void add(const RowBlock<double>& block);
  PartMasses finish() const;

 private:
  struct Run {
    Index first;
    Index count;
    Index part;
  };

  const Parts& parts_;
  /// Keys side by side in one part, ascending; keys left out are in none.
  std::vector<Run> runs_;
  Matrix sums_;
  std::vector<std::size_t> rows_;
  Vector row_;
};

/// Excess kurtosis by population moments (-3 for none), of the values that are numbers; NaN for
/// fewer than four or where they do not differ.
double excess_kurtosis(std::span<const double> values);

/// For each part t of `order`, the mean density of the attention to it from those that stand at
/// least `gap` places behind it in that order; NaN where there are none.
Vector vertical_scores(const Matrix& density, const std::vector<std::size_t>& order,
                       std::size_t gap);

}  // namespace attngraph
