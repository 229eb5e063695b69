#pragma once

#include "metrics/structure/linked_pairs.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// The share of the edges whose reverse is there too; 0 where there are none.
double reciprocity(const LinkedPairs& pairs);

/// Σ min(w_ij, w_ji) / Σ w_ij over different nodes; 0 where nothing weighs anything.
double weighted_reciprocity(const LinkedPairs& pairs);
double weighted_reciprocity(const Matrix& weights);

}  // namespace attngraph
