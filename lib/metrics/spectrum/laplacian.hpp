#pragma once

#include "graph/edge_arrays.hpp"
#include "metrics/spectrum/walk.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// A Laplacian [token, token] of one head, symmetric.
struct Laplacian {
  Matrix matrix;
  /// Into how many parts the graph falls, each without an edge to another: so often it has the
  /// eigenvalue 0.
  Index parts = 1;
};

/// What it is made of: both directions of each weight together, S = (A + Aᵀ) / 2.
Matrix symmetrized(const Matrix& weights, SelfLoops self_loops);

/// diag(S 1) - S, in which self-loops cancel.
Laplacian combinatorial_laplacian(Matrix s);

/// I - D^(-1/2) S D^(-1/2), D = diag(S 1). A token without any weight has 0 on the diagonal, so
/// that it counts as a part of its own and not as a mode of value 1.
Laplacian normalized_laplacian(Matrix s);

/// I - (Π^(1/2) P Π^(-1/2) + its transpose) / 2, P the steps of a walk and Π = diag(π).
/// (Chung 2005)
/// @param stationary π, every entry above 0
Laplacian directed_laplacian(const Walk& walk, const Vector& stationary);

/// All eigenvalues, ascending; none below 0, and exact where they are 0.
Vector eigenvalues(const Laplacian& laplacian);

/// The number of parts of the graph with an edge for every entry of `s` other than 0.
Index connected_parts(const Matrix& s);

}  // namespace attngraph
