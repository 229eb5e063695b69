#pragma once

#include <cstddef>

namespace attngraph {

/// What becomes of a graph.
enum class GraphForm {
  /// Rows, one for each edge.
  rows,
  /// A DrawnGraph to look at.
  drawing,
  /// A DrawnGraph with every edge shown, for other programs.
  exchange
};

/// Edges of each query that a drawing shows where nothing else is said.
inline constexpr std::size_t shown_per_query = 3;

}  // namespace attngraph
