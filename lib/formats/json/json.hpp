#pragma once

#include <string>

#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Numbers as JSON: nested lists (one tensor without a name), or an object whose lists are tensors
/// by their keys, in natural order; in objects within it by their path (`layers.0.attn`). A list
/// `tokens` holds the tokens. All are float64. What is neither is left unread. An object
/// in each line is read as their list.
/// @throws InputError for what is not JSON, and, with its indices, for nested lists alone that are
///   ragged, empty, or hold anything but numbers
/// @throws LimitError where the numbers would exceed `limits.memory`
Dump read_json(const Bytes& bytes, const std::string& source, const ReadOptions& options);

}  // namespace attngraph
