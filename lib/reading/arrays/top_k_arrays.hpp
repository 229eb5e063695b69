#pragma once

#include <string>
#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Refuses whole numbers that stand beside numbers of the same shape: what `topk` gives, the places
/// of the largest weights and these. Read as attention, places would be weights.
/// @param all families of the file
/// @throws InputError with how to put them in place
void refuse_places(const Family& chosen, const std::vector<Family>& all, const std::string& source);

}  // namespace attngraph
