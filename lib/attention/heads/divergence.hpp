#pragma once

#include "numeric/matrix.hpp"

namespace attngraph {

/// Σ over all entries of w log w, with 0 log 0 = 0: minus the sum of the rows' entropies (nats).
double log_mass(const Matrix& weights);

/// The Jensen-Shannon divergence (nats, 0 … log 2 where rows sum to 1) of two heads [query, key]
/// of the same shape, averaged over the rows that are not zero in both; 0 where there is none.
/// `log_mass_a` and `log_mass_b` are theirs, so that comparing every pair of heads takes one
/// logarithm for each entry.
double jensen_shannon(const Matrix& a, const Matrix& b, double log_mass_a, double log_mass_b);

}  // namespace attngraph
