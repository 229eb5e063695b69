#pragma once

#include <string>
#include <vector>

#include "core/limits.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// Token texts of a file: a JSON list of strings where it begins with `["`, otherwise one label a
/// line, as it stands (a final carriage return goes). An empty line is an empty label.
/// @throws InputError for an empty file, invalid JSON, or bytes that are not UTF-8, with the line
/// @throws LimitError for a label longer than `limits.label`
std::vector<std::string> read_labels(Bytes bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
