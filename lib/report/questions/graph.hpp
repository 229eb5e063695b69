#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "graph/edge_choice.hpp"
#include "graph/layout.hpp"
#include "report/parts/graph_form.hpp"

namespace attngraph {

class GraphSource;
class MultiHeadAttention;
class Sink;

struct TokenGraphOptions {
  GraphForm form = GraphForm::rows;
  Direction direction = Direction::attends;
  SelfLoops self_loops = SelfLoops::keep;
  /// Where it names no `top_k`, rows have every edge and drawings show `shown_per_query`.
  EdgeChoice choice;
  Layout layout = Layout::none;
  bool edge_labels = false;
};

/// What can be known without the attention.
/// @throws ArgumentError where options do not go together
void check_options(const TokenGraphOptions& options);

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
