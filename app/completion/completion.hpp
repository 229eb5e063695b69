#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace attngraph {

/// What `attngraph completion --help` shows.
/// @param width columns of the terminal
std::string completion_help(std::size_t width);

/// What `attngraph completion …` writes: the script for `bash`, `zsh` or `fish`. Or, for the
/// scripts, which ask with `--complete WORD…` at each TAB: what may stand in place of the last
/// word. The first line says what that is: `words`, `list` (to which more may be added behind a
/// comma) or `files`; each further line is a word, a tab and what it means.
/// @throws ArgumentError for another shell
std::string completion_answer(const std::vector<std::string>& arguments);

}  // namespace attngraph
