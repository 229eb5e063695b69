#pragma once

#include <string>

#include "graph/edge_arrays.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

/// What is told about a maximum flow.
enum class FlowAnswer {
  /// How much can flow.
  value,
  /// The edges of the minimum cut; of several, the one nearest the sink.
  cut,
  /// What flows through each edge, in one optimum of many.
  edge_flows
};

struct MaxflowOptions {
  /// Token by index or label.
  std::string source;
  std::string sink;
  /// Every ordered pair instead of one; only with FlowAnswer::value.
  bool all_pairs = false;
  FlowAnswer answer = FlowAnswer::value;
  Direction direction = Direction::attends;
};

/// What can be known without a graph.
/// @throws ArgumentError where options do not go together
void check_options(const MaxflowOptions& options);

/// What its rows have.
AnswerColumns maxflow_columns(FlowAnswer answer);

/// How much can flow from one token to another where the weight of an edge is its capacity. Rows
/// `layer,head,source,sink,flow`; for a cut `layer,head,source,sink,cut_from,cut_to,capacity`; for
/// edge flows `layer,head,source,sink,from,to,flow` of the edges that carry any. Where a token has
/// a label, `X_label` for each of these columns X.
/// @throws ArgumentError where options do not go together, or a token is none or two
void maxflow_report(const Attention& attention, const MaxflowOptions& options, Sink& sink);

}  // namespace attngraph
