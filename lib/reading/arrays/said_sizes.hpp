#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tensor/dump.hpp"

namespace attngraph {

/// A number that a file says of its layers or heads, and what says it.
struct SaidSize {
  std::string name;
  std::size_t size;
  /// By a list that is as long.
  bool listed = false;
};

/// How many layers and heads there are, as a file says beside its arrays: in a field or a single
/// number (`num_layers`, `n_heads`), or by a list of their names or numbers (`layers`,
/// `layer_ids`), which goes before these. Nothing where it says none, or several.
struct SaidSizes {
  std::optional<SaidSize> layers, heads;
};

SaidSizes said_sizes(const Dump& dump);

/// What the name of an array without a number in it says of its first axis: `layers` and
/// `attn_by_layer` that it is layers, `layer_attention` and `head_mean` that it may be.
enum class SaidLayers { no, maybe, yes };

SaidLayers said_layers(const std::string& name);

}  // namespace attngraph
