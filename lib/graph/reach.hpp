#pragma once

#include <cstddef>
#include <vector>

#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// How many nodes each node reaches, itself among them. Only an upper bound, the number of all
/// nodes, where the graph has more than 16384 strong components: the exact number would need their
/// square in bits.
std::vector<std::size_t> reachable_counts(const CompressedRows& rows);

}  // namespace attngraph
