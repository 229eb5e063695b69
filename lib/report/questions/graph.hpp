#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "graph/layout.hpp"
#include "report/parts/edge_choice.hpp"

namespace attngraph {

class GraphSource;
class MultiHeadAttention;
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
  /// Where it names no `top_k`, rows have every edge and drawings show `shown_per_query`.
  EdgeChoice choice;
  Layout layout = Layout::none;
  bool edge_labels = false;
};

/// The graph itself; weights are never changed. Rows `layer,head,source,target,weight`, ordered by
/// query, then key; or drawings.
void token_graph_report(const GraphSource& source, const TokenGraphOptions& options, Sink& sink);

/// The same for attention that is made of queries and keys a block of rows at a time; a drawing
/// needs the memory of what it shows. Its heads are those of the first axis: layers, or one item of
/// a batch.
/// @param tokens one for each key, or none
/// @throws InputError where there is another number of tokens, or scores overflow
/// @throws ArgumentError where there are several batch items
void token_graph_report(const MultiHeadAttention& attention, const std::vector<std::string>& tokens,
                        const TokenGraphOptions& options, Sink& sink);

}  // namespace attngraph
