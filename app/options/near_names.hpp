#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// The candidate that `word` was most likely meant to be: the one with the fewest letters other,
/// left out, added or swapped, a third of its letters at most; else the only one that begins so.
/// Empty where none is near. Dashes
/// and case do not count.
std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates);

/// `did you mean --rows or --top?`: the options that other programs call `word`; where it is no
/// name that others use, the nearest. Empty where there is none.
std::string suggestion(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace attngraph
