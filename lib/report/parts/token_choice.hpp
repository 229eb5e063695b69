#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

/// The position that `text` (what the user wrote for `option`) means: an index (negative from the
/// end), else the position of the token with that label.
/// @throws ArgumentError where the index is outside, no token has the label, or several have it
/// (the text lists their positions)
std::size_t token_choice(const std::string& text, const std::vector<std::string>& labels,
                         const std::string& option);

}  // namespace attngraph
