#pragma once

#include "numeric/matrix.hpp"
#include "reading/grouping.hpp"

namespace attngraph {

/// The weights [query node, key node]: mass to a node is summed over its tokens, mass from a node
/// is averaged over them.
Matrix grouped(const Matrix& weights, const Grouping& grouping);

}  // namespace attngraph
