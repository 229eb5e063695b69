#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "formats/labels/labels.hpp"

namespace attngraph {

/// The labels of a text that is no JSON: one a line, or the column of a CSV.
/// @param held what the text takes of `limits.memory`
/// @throws as read_labels
Labels label_lines(std::string_view text, const std::string& source, const Limits& limits,
                   std::size_t held);

}  // namespace attngraph
