#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attngraph {

/// What becomes of a word that alone is longer than a line: a path that is to be copied stays.
enum class LongWords { broken, stay };

/// `text` in lines of at most `columns` columns of a terminal, broken at spaces. At least one line.
std::vector<std::string> wrapped_text(std::string_view text, std::size_t columns,
                                      LongWords long_words = LongWords::broken);

}  // namespace attngraph
