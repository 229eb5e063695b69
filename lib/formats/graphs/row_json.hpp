#pragma once

#include <string>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Edges as rows of JSON Lines, or as attngraph's own JSON lists them in `results`: objects with
/// the names that columns of an edge list have, the first row's.
/// @throws InputError with line and column for what is no JSON, and as read_edge_csv does
Dump read_row_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options);

}  // namespace attngraph
