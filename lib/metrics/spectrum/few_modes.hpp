#pragma once

#include "graph/edge_arrays.hpp"
#include "metrics/spectrum/streamed_head.hpp"
#include "metrics/spectrum/walk_numbers.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The undirected Laplacians.
enum class LaplacianScale { normalized, combinatorial };

/// The Laplacian of a head that is never stored.
class StreamedLaplacian {
 public:
  /// @param head must live as long as this
  StreamedLaplacian(const StreamedHead& head, const StreamedHead::Facts& facts,
                    LaplacianScale scale, SelfLoops self_loops);

  /// L x
  Vector times(const Vector& x) const;
  /// The `count` smallest eigenvalues, ascending, of at least twice as many and one more.
  Vector smallest(Index count) const;
  /// The `count` largest, ascending.
  Vector largest(Index count) const;

 private:
  const StreamedHead& head_;
  /// What the diagonal of S takes part with.
  Vector dropped_;
  Vector degrees_;
  /// D^(-1/2) where it is normalized, else 1.
  Vector scale_;
  Vector diagonal_;
  /// The part of each token, and eigenvectors to 0: each is one part's share of this.
  std::vector<Index> part_;
  Vector null_vectors_;
  Index parts_;

  void take_out_null_vectors(Vector& x) const;
};

/// The largest singular value of a head.
double largest_singular_value(const StreamedHead& head);

/// The walk of a causal head: gap and kemeny need its diagonal alone; entropy_rate without damping,
/// as it ends at one token; mixing is NaN.
WalkNumbers causal_walk_numbers(const StreamedHead::Facts& facts, const WalkRules& rules);

/// Mean of ln a_ii as log_self() of a matrix gives it.
double log_self(const StreamedHead::Facts& facts);

}  // namespace attngraph
