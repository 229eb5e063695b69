#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "attention/layers/layer_transition.hpp"
#include "report/answer/columns.hpp"

namespace attngraph {

class Attention;
struct Dump;
class Sink;

struct PathsOptions {
  TransitionOptions transition;
  /// First and last layer, both included, by their index in the file.
  std::optional<std::int64_t> start_layer;
  std::optional<std::int64_t> end_layer;
  /// Index or label of the input, and of the output (or `last`).
  std::string from;
  std::string to;
  std::size_t count = 10;
};

/// What its rows have.
AnswerColumns paths_columns();

/// By which routes the input `from` reaches the output `to`, the most probable first: rows
/// `rank,probability,share,covered,route`, with tokens also `labels`.
///
/// A route names the token at every level from the output down to the input: `5 > 2 > 2 > 0`. Its
/// probability is the product of the transitions along it, its share that over the rollout's entry
/// (summary `rollout`), which is the sum over all routes; `covered` adds the shares up.
/// @throws InputError, ArgumentError
void paths_report(const Attention& stack, const PathsOptions& options, Sink& sink);

/// The same in a graph of attributions, which has no layers: a route multiplies the share that each
/// edge has of what comes into its node, and `share` is of the sum over all paths (summary
/// `paths`).
/// @throws InputError for a graph with a cycle
void paths_report(const Dump& graph, const PathsOptions& options, Sink& sink);

}  // namespace attngraph
