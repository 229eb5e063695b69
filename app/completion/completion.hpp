#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

/// What `attngraph completion --help` shows.
std::string completion_help(std::size_t width);

/// What `attngraph completion …` writes: a script for `bash`, `zsh` or `fish`.
/// @throws ArgumentError for another shell
std::string completion_script(const std::vector<std::string>& arguments);

}  // namespace attngraph
