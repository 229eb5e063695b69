#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace attngraph {

/// Where copying is looked for: queries of a response, and the part of the text that it may be
/// copied from. Both empty: everywhere.
struct CopyPlaces {
  /// 1 for every position of the response and of the needle, else 0: one for each key.
  std::vector<char> response = {};
  std::vector<char> needle = {};
};

/// How often a head looks most at a token like the one that comes next (Wu et al. 2024, retrieval
/// heads). O(keys) a row.
class CopyTally {
 public:
  /// @param token_classes a number for each key, equal where the tokens are
  CopyTally(std::vector<std::size_t> token_classes, CopyPlaces places);

  /// The weights [key] of the query at `position`, the largest of which is `most`, above 0.
  void add_row(std::size_t position, std::span<const double> weights, double most);
  /// Hits over the rows that have a next token, NaN where there are none; with a needle over its
  /// tokens.
  double value() const;

 private:
  std::vector<std::size_t> classes_;
  CopyPlaces places_;
  std::size_t hits_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace attngraph
