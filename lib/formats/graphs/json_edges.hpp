#pragma once

#include <string_view>

namespace attngraph {

/// Which kind of edges a JSON text holds.
enum class JsonEdges {
  none,
  /// An object with `nodes` and `links` (or `edges`).
  graph,
  /// An object for each edge, one in a line.
  lines,
  /// An answer of attngraph.
  answer
};

/// What a text that begins with `{` holds, as its first keys say.
JsonEdges json_edges(std::string_view text);

}  // namespace attngraph
