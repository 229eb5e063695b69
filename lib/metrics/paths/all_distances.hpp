#pragma once

#include "numeric/matrix.hpp"

namespace attngraph {

/// Makes the lengths [from, to] of edges the distances between all pairs of nodes.
/// @param lengths square; 0 on the diagonal, else > 0, infinite where there is no edge
void make_distances(Matrix& lengths);

}  // namespace attngraph
