#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// `text` in lines of at most `columns` columns of a terminal, broken at spaces, and within a word
/// where it alone is longer. At least one line.
std::vector<std::string> wrapped_text(std::string_view text, std::size_t columns);

}  // namespace attngraph
