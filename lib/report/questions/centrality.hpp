#pragma once

#include <string>
#include <vector>

#include "graph/edge_arrays.hpp"
#include "metrics/metric.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
class Sink;

struct CentralityOptions : MetricOptions {
  Direction direction = Direction::attends;
  SelfLoops self_loops = SelfLoops::keep;
  /// The tokens of MetricOptions::restart as a user names them: indices or labels.
  std::vector<std::string> restart_tokens = {};
};

/// What its rows have.
AnswerColumns centrality_columns(const CentralityOptions& options);

/// Which tokens matter in each attention graph: rows `layer,head,token,label,METRIC…` in the order
/// asked. Notes the direction, lifted lengths, and where a metric says little.
/// @throws InputError where a weight does not suit the distance
void centrality_report(const Attention& attention, const CentralityOptions& options, Sink& sink);

}  // namespace attngraph
