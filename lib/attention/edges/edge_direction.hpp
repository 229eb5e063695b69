#pragma once

#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// Whether the weights that come to a node sum to 1 wherever any come, and those that leave one do
/// not: such edges lead from the key to the query. Weights of 1 alone tell nothing.
bool leads_to_queries(const std::vector<EdgeList>& lists);

}  // namespace attngraph
