#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attention/layers/layer_transition.hpp"
#include "metrics/flow/flows.hpp"
#include "report/answer/columns.hpp"
#include "report/drawn/patch_row.hpp"

namespace attngraph {

class Attention;
class Sink;

/// What is told of each pair of an output and an input.
enum class FlowMeasure {
  flow,
  /// The flow as a share of the sum of the output's flows.
  share,
  /// The flow over the flow under uniform causal attention; 0 where that is 0.
  over_causal_null,
  /// The edges of a minimum cut, the one nearest the input.
  cut,
};

struct FlowOptions {
  TransitionOptions transition;
  /// First and last layer, both included, by their index in the file.
  std::optional<std::int64_t> start_layer;
  std::optional<std::int64_t> end_layer;
  /// Index or label of the one output wanted, or `last`; empty or `all`: every one.
  std::string target;
  /// For a picture of the target over the patches of an image.
  PatchPicture patches;
  /// Index or label of the one input wanted; empty: every one.
  std::string from;
  FlowMeasure measure = FlowMeasure::flow;
  Engine engine = Engine::own;
};

/// What its rows have.
AnswerColumns flow_columns(FlowMeasure measure);

/// Attention flow (Abnar and Zuidema 2020): how much can flow from each output through all layers
/// to each input.
///
/// Rows `output,input,label,flow,bound,saturated`: no flow exceeds the bound, and it is saturated
/// where it differs by less than 1e-9, before both are divided by what the measure says; a sink
/// that takes matrices gets one [output, input] of flows. Summary `saturated_share`. Of cuts, rows
/// `output,input,layer,from,to,from_label,to_label,capacity`.
/// @throws InputError, ArgumentError
void flow_report(const Attention& stack, const FlowOptions& options, Sink& sink);

}  // namespace attngraph
