#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attention/computed/attend.hpp"
#include "attention/layers/layer_transition.hpp"
#include "report/answer/columns.hpp"
#include "report/drawn/patch_row.hpp"

namespace attngraph {

class Attention;
class Sink;

struct RolloutOptions {
  TransitionOptions transition = {};
  /// First and last layer, both included, by their index in the file.
  std::optional<std::int64_t> start_layer = {};
  std::optional<std::int64_t> end_layer = {};
  /// Every partial product, not only the last.
  bool prefixes = false;
  /// Index or label of the one output wanted, `last`, or `mean` of all outputs; empty: all.
  std::string target = {};
  /// For a picture of the target over the patches of an image.
  PatchPicture patches = {};
  /// Divide by the rollout of uniform causal attention; 0 where that is 0.
  bool causal_null = false;
  /// Precision of the products of whole matrices, and of what is printed.
  Precision precision = Precision::input;
};

/// What its rows have.
AnswerColumns rollout_columns(const RolloutOptions& options);

/// How much of each input reaches each output through all layers.
///
/// A matrix [output, input], with `prefixes` one for each layer; with `target` rows
/// `[layer,]output,input,label,rollout`, where the output is `mean` for the mean of all, or where
/// the sink takes matrices [input], with `prefixes` [layer, input].
/// @throws InputError, ArgumentError
void rollout_report(const Attention& stack, const RolloutOptions& options, Sink& sink);

}  // namespace attngraph
