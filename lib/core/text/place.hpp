#pragma once

#include <string>
#include <string_view>

namespace attngraph {

/// What a file calls something, as a text shows it: at most 80 columns.
std::string called(std::string_view name);

/// `where: name`, the place of an error at what a file calls `name`: of any length and any bytes
/// there. `where` alone where there is no name.
std::string within(const std::string& where, std::string_view name);

/// `name` as a word to be typed in a shell, in single quotes, which nothing in it ends. Of a long
/// one only its ends, with a `*` between them: a glob of it.
std::string shell_word(std::string_view name);

}  // namespace attngraph
