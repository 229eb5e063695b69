#pragma once

#include "numeric/matrix.hpp"
#include "reading/words/grouping.hpp"

namespace attngraph {

/// The weights [query node, key node]: mass to a node is summed over its tokens, mass from a node
/// is averaged over them. Rows are divided as `queries` says.
Matrix grouped(const Matrix& weights, const Grouping& queries, const Grouping& keys);

/// The same for one row over the keys.
Vector summed(const Vector& row, const Grouping& keys);

/// The share of each token in the mean over a node of the queries [query].
Vector mean_over(std::size_t node, const Grouping& queries);

}  // namespace attngraph
