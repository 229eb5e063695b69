#pragma once

#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// Refuses edges whose ends and weights are arrays of their own, unless there is attention beside
/// them: `edge_index` of PyTorch Geometric, also without a name before the weights, as GATConv
/// returns both; what SciPy and PyTorch keep a sparse matrix in; a list for each end. Read as
/// attention, numbers of nodes would be weights.
/// @param arrays those that may be meant
/// @param classes that the file names
/// @throws InputError with how to write a table of edges, or a dense matrix
void refuse_edge_parts(const std::vector<NamedTensor>& arrays,
                       const std::vector<std::string>& classes, const std::string& source);

}  // namespace attngraph
