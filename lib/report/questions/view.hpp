#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attention/layers/layer_transition.hpp"
#include "attention/merging_request.hpp"
#include "metrics/metric.hpp"

namespace attngraph {

class Attention;
class Sink;

struct ViewOptions {
  /// Weights of each query that are kept, the largest; nothing for all.
  std::optional<std::size_t> top_k = 64;
  /// What is told of every token of every head.
  std::vector<Metric> metrics = metrics_named("in_strength,pagerank");
  /// For rollout, flow and routes.
  TransitionOptions transition;
  std::optional<std::int64_t> start_layer;
  std::optional<std::int64_t> end_layer;
  /// What is put together: weights as `graph`, heads and tokens as `heads` and `centrality`, what
  /// goes through layers as `rollout` do.
  MergingRequest merging;
};

/// Flow itself is found for so many tokens, for more what no flow exceeds.
inline constexpr std::size_t most_flow_tokens = 64;
/// Routes are found for so many tokens.
inline constexpr std::size_t most_route_tokens = 1024;

/// Everything about an attention as one page to click through.
/// @param attention as it is in the file, nothing merged yet
/// @throws InputError, ArgumentError; LimitError where what is kept does not fit into memory
void view_report(const Attention& attention, const ViewOptions& options, Sink& sink);

}  // namespace attngraph
