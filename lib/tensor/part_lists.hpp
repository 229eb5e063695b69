#pragma once

#include <cstddef>
#include <string_view>

namespace attngraph {

/// Whether a list of this name says which layers, or heads, stand beside it: `layers`, `layer_ids`,
/// `selected_layers`, `layer_names`; not `num_layers`, `layer_norm`.
bool lists_layers(std::string_view name);
bool lists_heads(std::string_view name);

/// How many texts of a list of this name are told of: they are names of axes, or of layers or
/// heads.
std::size_t most_told_texts(std::string_view name);

}  // namespace attngraph
