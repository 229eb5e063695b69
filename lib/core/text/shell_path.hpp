#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// Whether a shell takes the text for the one word that it is.
bool is_plain_word(std::string_view text);

/// The text in single quotes, which nothing in it ends.
std::string in_shell_quotes(std::string_view text);

/// A path as a word to be typed in a shell: as it is where the shell leaves it alone, else in
/// single quotes.
std::string shell_path(std::string_view path);

}  // namespace attngraph
