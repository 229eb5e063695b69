#pragma once

#include "numeric/matrix.hpp"

namespace attngraph {

/// What the eigenvalues of a Laplacian say about its graph; all 0 where they are.
struct LaplacianNumbers {
  /// The second smallest, the algebraic connectivity: 0 where the graph falls apart.
  double fiedler;
  double largest;
  double ratio;
  /// Of their shares in the sum, over ln n.
  double entropy;
  /// Share of the upper half in the sum.
  double high;
};
LaplacianNumbers laplacian_numbers(const Vector& values);

/// What the singular values of a head say.
struct SingularNumbers {
  double sigma;
  /// exp of the entropy of their shares (Roy and Vetterli 2007).
  double effective_rank;
  /// Sum of squares over the largest square (Rudelson and Vershynin 2007).
  double stable_rank;
};
/// @param values descending
SingularNumbers singular_numbers(const Vector& values);

/// Mean of ln a_ii over the tokens whose row is not zero; NaN without such a row, or where one of
/// those a_ii is 0. Where attention is causal and no row is zero, ln |det A| / n.
double log_self(const Matrix& weights);

/// -Σ p ln p of shares that sum to 1.
double entropy_of(const Vector& shares);

}  // namespace attngraph
