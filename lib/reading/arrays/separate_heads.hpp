#pragma once

#include <string>
#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Whether each array is one head: names that count heads, of one layer (`head_3`) or of several
/// (`layer_0.head_3`), [query, key] each.
bool are_separate_heads(const Family& arrays);

/// The heads of each layer put together, [head, query, key].
/// @throws InputError where a head is missing or of another shape
std::vector<Tensor> heads_together(const Family& arrays, const std::string& source);

/// @throws InputError where the names differ by two numbers and do not say what they count: layers
/// of several inputs, perhaps
void check_what_varies(const Family& arrays, const std::string& source);

}  // namespace attngraph
