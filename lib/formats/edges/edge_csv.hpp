#pragma once

#include <string>
#include <string_view>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether the first line names the columns of an edge list.
bool begins_like_edge_csv(std::string_view text);

/// An edge list as CSV (RFC 4180) with commas, semicolons or tabs: a header line with `source` and
/// `target`, or `query` and `key` as attention is written, `from` and `to`, `src` and `dst`;
/// perhaps `weight` or `value` (1 without), `layer` and `head` (0 without), `type` (`Directed`,
/// `Undirected`), in any order and any case of letters; other columns are left out with a note.
/// Where semicolons separate, weights may have a decimal comma. Ids are names, as EdgeNodes says;
/// with columns `source_label` and `target_label` they are indices that have those labels.
/// @throws InputError with the line for a wrong number of fields, and for a weight that is not a
///   finite number
/// @throws LimitError for a label longer than `limits.label`, or too many edges
Dump read_edge_csv(const Bytes& bytes, const std::string& source, const Limits& limits,
                   const EdgeOptions& options);

}  // namespace attngraph
