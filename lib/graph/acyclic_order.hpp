#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tensor/compressed_rows.hpp"

namespace attngraph {

/// All nodes of a graph without cycles, each behind those that lead to it.
/// @param incoming rows are targets
/// @param hint what to say where there is a cycle
/// @throws InputError where a node leads back to itself
std::vector<std::size_t> acyclic_order(const CompressedRows& incoming, const std::string& hint);

}  // namespace attngraph
