#pragma once

#include <string>

#include "reading/arrays/numbers/number_axes.hpp"

namespace attngraph {

/// Which layers and heads of the names the indices of an answer are, where they are others: a
/// choice of heads, the last layers, a count from 1 on. Empty where names count 0, 1, 2 …
std::string index_note(const Family& arrays, const NumberAxes& numbers);

}  // namespace attngraph
