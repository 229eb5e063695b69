#pragma once

#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Takes apart what modules gave, as forward hooks save it: names end with the place in a tuple of
/// each module (`block.#.SelfAttention.#` of T5: states, position bias, weights), and the rows of
/// some places sum to 1, those of others do not. Each place becomes a family of its own.
std::vector<Family> with_outputs_apart(const std::vector<Family>& all);

}  // namespace attngraph
