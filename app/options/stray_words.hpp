#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// Refuses a word that begins with a dash which is no hyphen, as pages and word processors make of
/// it, unless there is a file of that name. @throws ArgumentError
void check_dash(const std::string& word);

/// Refuses names of inputs that a slip has made of something else: an option with a wrong dash, the
/// rest of a list with a space in it, the halves of a name with a space. Files that are there are
/// taken as they are named.
/// @throws ArgumentError
void check_stray_words(const std::vector<std::string>& names);

}  // namespace attngraph
