#pragma once

#include <vector>

#include "numeric/matrix.hpp"

namespace attngraph {

/// An edge between two tokens; first < second.
struct TreeEdge {
  Index first;
  Index second;
};

/// The maximum spanning forest of max(A, Aᵀ) for square A: the strongest edges that join all
/// tokens which are joined at all. Self-loops and zeros are no edges; of equally strong edges the
/// one with the lower indices comes first.
std::vector<TreeEdge> maximum_spanning_forest(const Matrix& weights);

}  // namespace attngraph
