#pragma once

#include <string>
#include <string_view>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether the first line names a column `source` or `target` (`query` or `key`).
bool begins_like_edge_csv(std::string_view text);

/// An edge list as CSV (RFC 4180): a header line with `source` and `target`, or `query` and `key`
/// as attention is written, perhaps `weight` (1 without), `layer` and `head` (0 without), in any
/// order; other columns are left out with a note. Nodes are indices where all of them are;
/// otherwise they are labels, which become the tokens in the order in which they first appear.
/// @throws InputError with the line for a wrong number of fields, and for a weight that is not a
///   finite number
/// @throws LimitError for a label longer than `limits.label`, or too many edges
Dump read_edge_csv(const Bytes& bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
