#pragma once

#include "graph/edge_arrays.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

struct HubAuthority {
  /// Attending to good authorities: the limit of x <- W Wᵀ x from all ones, largest entry 1.
  Vector hub;
  /// Attended to by good hubs: the limit of x <- Wᵀ W x from all ones, largest entry 1.
  Vector authority;
};

/// Both are all zeros without edges, and unique also where the largest singular value of W is
/// repeated. (Kleinberg 1999)
HubAuthority hub_authority(const EdgeArrays& edges);

}  // namespace attngraph
