#pragma once

#include "attention/modules/graph_attention.hpp"
#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

class Sink;

enum class GatAnswer {
  /// Rows, one for each edge: the memory is that of the edges.
  edges,
  /// A matrix [source, target] for each head, for array files.
  matrices,
};

struct GatOptions {
  GraphAttentionOptions layer;
  bool self_loops = false;
  GatAnswer answer = GatAnswer::edges;
  Limits limits;
};

/// The attention of a graph attention layer, a graph itself: node `source` attends to `target`.
///
/// To `weights` rows `head,source,target,weight`, or matrices; to `features` (may be null) a matrix
/// [node, feature]. How many nodes have no neighbours is noted.
/// @param adjacency the file that holds it: edge lists, or one tensor [node, node]
/// @throws InputError, ArgumentError
void gat_report(const GraphAttentionInput& input, const Dump& adjacency, const GatOptions& options,
                Sink& weights, Sink* features);

}  // namespace attngraph
