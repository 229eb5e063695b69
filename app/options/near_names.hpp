#pragma once

#include <string>
#include <vector>

namespace attngraph {

/// `did you mean --rows or --top?`: the options that other programs call `word`; where it is no
/// name that others use, the nearest. Empty where there is none.
std::string suggestion(const std::string& word, const std::vector<std::string>& candidates);

/// The same of other programs' names alone.
std::string of_other_programs(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace attngraph
