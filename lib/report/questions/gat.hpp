#pragma once

#include "attention/modules/graph_attention.hpp"
#include "core/limits.hpp"
#include "report/answer/columns.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

class Sink;

struct GatOptions {
  GraphAttentionOptions layer;
  bool self_loops = false;
  Limits limits;
};

/// What its rows have.
AnswerColumns gat_columns();

/// The attention of a graph attention layer, a graph itself: node `source` attends to `target`.
///
/// To `weights` rows `head,source,target,weight` in the memory of the edges, or where it takes
/// matrices, one [source, target] for each head; to `features` (may be null) a matrix
/// [node, feature]. How many nodes have no neighbours is noted.
/// @param adjacency the file that holds it: edge lists, or one tensor [node, node]
/// @throws InputError, ArgumentError
void gat_report(const GraphAttentionInput& input, const Dump& adjacency, const GatOptions& options,
                Sink& weights, Sink* features);

}  // namespace attngraph
