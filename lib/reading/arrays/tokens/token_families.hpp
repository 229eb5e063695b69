#pragma once

#include <string>
#include <vector>

#include "reading/arrays/families.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Which arrays of a dump are queries, keys and values; none where they are not there.
struct TokenFamilies {
  Family query, key, value;
};

/// By their names; of several, those that positions have turned (`q_rope` beside `q`), which are
/// what the model multiplies. Notes say so, and where only a projection is there.
/// @throws InputError where two may be meant, or one of both sides alone is turned
TokenFamilies token_families(const Dump& dump, std::vector<std::string>& notes);

}  // namespace attngraph
