#pragma once

#include <string_view>

namespace attngraph {

struct Dump;

/// How a graph file of attngraph says that its edges lead from the key to the query.
inline constexpr std::string_view informs = "informs";

/// Exchanges the ends of all edges.
void swap_ends(Dump& dump);

/// Turns all edges, which a file says lead from the key to the query, and notes it.
void turn_edges(Dump& dump);

/// Turns all edges since it is asked for (`axes` key,query), unless the file said so itself.
void turn_edges_as_asked(Dump& dump);

}  // namespace attngraph
