#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Whether a text begins as a CoNLL-U file: comments, then lines of ten fields.
bool is_conllu(std::string_view text);

/// The words of a CoNLL-U file, of all its sentences one after the other, and an edge of weight 1
/// from each to its head; a root has none. Lines of several words (`2-3`) and of words that are not
/// in the text (`2.1`) are left out.
/// @param held what the text takes of `limits.memory`
/// @throws InputError with the line where it breaks the rules of the format
/// @throws LimitError where words and edges take too much memory
Dump read_conllu(std::string_view text, const std::string& source, const Limits& limits,
                 std::size_t held = 0);

}  // namespace attngraph
