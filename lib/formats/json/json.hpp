#pragma once

#include <string>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Numbers as JSON: nested lists (one tensor without a name), or an object whose lists are tensors
/// by their keys, in natural order, and whose list `tokens` holds the tokens. All are float64.
/// Strings, numbers and booleans beside the lists are left out with a note.
/// @throws InputError for what is not JSON, and, with its indices, for a ragged row, an empty list,
///   or anything but a number inside the lists
/// @throws LimitError where the numbers would exceed `limits.memory`
Dump read_json(const Bytes& bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
