#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "attention/layers/layer_transition.hpp"
#include "graph/edge_choice.hpp"
#include "report/answer/columns.hpp"
#include "report/answer/sink.hpp"

namespace attngraph {

class Attention;

struct LayersOptions {
  TransitionOptions transition = {};
  /// First and last layer, both included, by their index in the file.
  std::optional<std::int64_t> start_layer = {};
  std::optional<std::int64_t> end_layer = {};
  /// Both or neither: the routes from an input (index or label) to an output (or `last`) are set
  /// off.
  std::string from = {};
  std::string to = {};
  /// How many routes; nothing for routes_set_off.
  std::optional<std::size_t> count = {};
  /// Where it chooses none, drawings show `shown_flows`.
  EdgeChoice choice = {};
  bool edge_labels = false;
};

/// How many routes are set off where nothing else is said.
inline constexpr std::size_t routes_set_off = 10;

/// What can be known without the attention.
/// @param form what the answer will be
/// @throws ArgumentError where options do not go together
void check_options(const LayersOptions& options, Form form);

/// What its rows have.
AnswerColumns layers_columns(const LayersOptions& options);

/// The graph through all layers: an edge for every entry > 0 of the transition Ã
/// (layer_transition) of each layer, from the token above (the query) to the token below (the key).
///
/// Rows `layer,source,target,weight`, with routes `route`, and where a token has a label
/// `source_label,target_label`: ordered by layer, source, target. `route` is the first of the
/// routes that takes the edge, 0 where none does. Or a drawing: the inputs at the bottom, the
/// outputs of each layer above. Edges of routes are there whatever is chosen.
/// @throws InputError, ArgumentError
void layers_report(const Attention& attention, const LayersOptions& options, Sink& sink);

}  // namespace attngraph
