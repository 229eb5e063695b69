#pragma once

#include <string>

namespace attngraph {

/// What tokens that are put together or left out are about.
enum class Merging {
  /// The matrix of each head: the question is asked of the smaller matrix.
  matrix,
  /// The same, every row divided by what is left of it first.
  divided_matrix,
  /// The answer: it is computed on all tokens.
  answer,
  /// The same, where the answer's rows are shares of a whole.
  answer_of_shares,
};

/// Which tokens are put together or left out.
struct MergingRequest {
  /// Merge sub-word pieces.
  bool words = false;
  /// Leave out special tokens (`drop-special`).
  bool drop_special = false;
  /// Divide rows by their sum afterwards.
  bool renormalize = false;
  /// Named ranges of tokens; empty: none.
  std::string segments;
  Merging merging = Merging::matrix;

  bool of_answer() const {
    return merging == Merging::answer || merging == Merging::answer_of_shares;
  }
  bool any() const { return words || drop_special || !segments.empty(); }
};

}  // namespace attngraph
