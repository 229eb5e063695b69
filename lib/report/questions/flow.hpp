#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attention/layers/layer_transition.hpp"
#include "metrics/flow/flows.hpp"

namespace attngraph {

class Attention;
class Sink;

struct FlowOptions {
  TransitionOptions transition;
  /// First and last layer, both included, by their index in the file.
  std::optional<std::int64_t> start_layer;
  std::optional<std::int64_t> end_layer;
  /// Index or label of the one output wanted, or `last`; empty or `all`: every one.
  std::string target;
  /// Index or label of the one input wanted; empty: every one.
  std::string from;
  /// Divide the flows of an output by their sum over inputs.
  bool relative = false;
  /// Divide by the flow under uniform causal attention; 0 where that is 0.
  bool causal_null = false;
  /// Instead of flows: the edges of each pair's minimum cut.
  bool cut = false;
  /// Instead of rows: one matrix [output, input] of flows.
  bool matrix = false;
  FlowEngine engine = FlowEngine::own;
};

/// Attention flow (Abnar and Zuidema 2020): how much can flow from each output through all layers
/// to each input.
///
/// Rows `output,input,label,flow,bound,saturated`: no flow exceeds the bound, and it is saturated
/// where it differs by less than 1e-9, before both are divided by what `relative` or `causal_null`
/// say. Summary `saturated_share`. With `cut` rows
/// `output,input,layer,from,to,from_label,to_label,capacity`, the cut nearest the input.
/// @throws InputError, ArgumentError
void flow_report(const Attention& stack, const FlowOptions& options, Sink& sink);

}  // namespace attngraph
