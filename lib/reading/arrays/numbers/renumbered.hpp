#pragma once

#include <string>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Puts the arrays in the order of their numbers.
/// @returns whether they were in another
bool sort_by_numbers(Family& arrays);

/// @throws InputError where two that stand behind each other have the same
void check_different(const Family& arrays, const std::string& source);

}  // namespace attngraph
