#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reading/arrays/numbers/number_axes.hpp"

namespace attngraph {

/// `layer 0 is 2, layer 1 is 5`; empty where each is its own.
std::string places_text(const std::vector<std::int64_t>& numbers, const std::string& axis);

/// Which layers and heads of the names the indices of an answer are, where they are others: a
/// choice of heads, the last layers, a count from 1 on. Empty where names count 0, 1, 2 …
std::string index_note(const Family& arrays, const NumberAxes& numbers);

}  // namespace attngraph
