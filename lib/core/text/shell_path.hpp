#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// A path as a word to be typed in a shell: as it is where the shell leaves it alone, else in
/// single quotes.
std::string shell_path(std::string_view path);

}  // namespace attngraph
