#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/read_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Adds to the dump what a JSON text holds that begins with its list or object.
/// @param mapped whether it lies in a mapped file, to whose last page's end may be read
/// @returns what simdjson says of a text that is no JSON; nothing where it is
/// @throws InputError for repeated keys and deep nesting
/// @throws LimitError where the numbers would exceed `limits.memory`, and beyond 4 GiB of text
std::optional<std::string> read_document(std::string_view text, bool mapped,
                                         const ReadOptions& options, Dump& dump);

/// Whether what read_document() returns is that something stands behind the value.
bool says_trailing(std::string_view problem);

}  // namespace attngraph
