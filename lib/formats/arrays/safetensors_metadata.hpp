#pragma once

#include <nlohmann/json_fwd.hpp>

#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Gives the dump the tokens that the metadata of safetensors holds, an object of texts: a JSON
/// list called as the labels are, else, with a note, one whose length fits. What is called so and
/// is no list is left unread.
/// @throws InputError for values that are no texts
void take_metadata(const nlohmann::json& metadata, const ReadOptions& options, Dump& dump);

}  // namespace attngraph
