#pragma once

#include "attention/edges/row_criteria.hpp"
#include "graph/edge_arrays.hpp"
#include "graph/edge_choice.hpp"
#include "graph/layout.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

class Attention;

struct TokenGraphOptions {
  Direction direction = Direction::attends;
  SelfLoops self_loops = SelfLoops::keep;
  /// Where it sets nothing, rows have every edge and drawings what `shown_edges` gives.
  RowCriteria choice = {};
  Layout layout = Layout::natural;
  bool edge_labels = false;
};

/// Whether the choice is among the keys that a query may see, where self-loops never count.
bool leaves_self_loops_out(const TokenGraphOptions& options);

/// What can be known without a graph.
/// @param form what the answer will be
/// @throws ArgumentError where options do not go together
void check_options(const TokenGraphOptions& options, Form form);

/// What its rows have.
AnswerColumns token_graph_columns();

/// The graph itself; weights are never changed. Rows `layer,head,source,target,weight`, where a
/// node has a label also `source_label,target_label`, ordered by query, then key; or a drawing of
/// each head, or its picture as a matrix. Where few edges of a query are asked for, attention that
/// is made of queries and keys is never stored.
void token_graph_report(const Attention& attention, const TokenGraphOptions& options, Sink& sink);

}  // namespace attngraph
