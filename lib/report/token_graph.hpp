#pragma once

#include <cstddef>
#include <optional>

#include "graph/edge_arrays.hpp"
#include "graph/layout.hpp"

namespace attngraph {

class GraphSource;
class Sink;

/// Edges of each query that a drawing shows where nothing else is said.
inline constexpr std::size_t shown_per_query = 3;

/// What becomes of the graph.
enum class GraphForm {
  /// Rows, one for each edge.
  rows,
  /// A DrawnGraph for each head.
  drawing
};

struct TokenGraphOptions {
  GraphForm form = GraphForm::rows;
  Direction direction = Direction::attends;
  SelfLoops self_loops = SelfLoops::keep;
  /// Only so many of the largest weights of each query, ties by lower key. Where nothing is said,
  /// rows have every edge and drawings show `shown_per_query`.
  std::optional<std::size_t> top_k;
  /// Only weights above this.
  std::optional<double> threshold;
  Layout layout = Layout::none;
  bool edge_labels = false;
};

/// The graph itself; weights are never changed. Rows `layer,head,source,target,weight`, ordered by
/// query, then key; or drawings.
/// @throws ArgumentError where top_k is 0
void token_graph_report(const GraphSource& source, const TokenGraphOptions& options, Sink& sink);

}  // namespace attngraph
