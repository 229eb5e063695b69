#pragma once

#include <cstddef>
#include <optional>
#include <string>

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
  /// A DrawnGraph for each head, to look at.
  drawing,
  /// A DrawnGraph for each head with every edge shown, for other programs.
  exchange
};

/// A number of edges as a user writes it: `all` is more than any graph has.
/// @throws ArgumentError naming `option` where the text is neither that nor at least 1
std::size_t edge_count_named(const std::string& text, const std::string& option);

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
void token_graph_report(const GraphSource& source, const TokenGraphOptions& options, Sink& sink);

}  // namespace attngraph
