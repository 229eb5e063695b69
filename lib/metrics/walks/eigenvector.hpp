#pragma once

#include "graph/graph.hpp"
#include "numeric/matrix.hpp"

namespace attngraph {

/// Being attended to by the attended: the limit of x <- x (W + I) from all ones, largest entry 1,
/// where W[source, target] are the weights. That limit is a left eigenvector of W for its largest
/// eigenvalue, and unique also where that is repeated. All zeros where the largest eigenvalue is
/// 0: no cycle and no self-loop. (Bonacich 1972)
Vector eigenvector(const Graph& graph);

}  // namespace attngraph
