#pragma once

#include <string>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Edges as rows of JSON Lines, in a list, or in the list that RowTables says: objects with the
/// names that columns of an edge list have; what a row lacks is empty there.
/// @throws InputError with line and column for what is no JSON, and as read_edge_csv does
Dump read_row_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options);

}  // namespace attngraph
