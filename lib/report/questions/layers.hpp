#pragma once

#include <cstddef>
#include <optional>

#include "report/questions/paths.hpp"

namespace attngraph {

class AttentionStack;
class Sink;

struct LayeredDrawingOptions {
  /// The layers and how they are fused; where `from` and `to` are set, also the routes to set off.
  PathsOptions paths;
  /// Edges of each output that are shown; 0 for all.
  std::size_t top_k = 3;
  /// Only transitions above this are shown.
  std::optional<double> threshold;
  bool edge_labels = false;
};

/// The graph through all layers as one drawing: a row of tokens for the inputs at the bottom and
/// one for the outputs of each layer above it; an edge from an output to each input of its layer,
/// with the transition Ã (layer_transition) as its weight.
/// @throws InputError, ArgumentError
void layered_drawing_report(const AttentionStack& stack, const LayeredDrawingOptions& options,
                            Sink& sink);

}  // namespace attngraph
