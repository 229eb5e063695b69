#pragma once

#include <cstddef>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// Whether numbers at `place`, of which no word says that they count layers, are more like those of
/// ids: greater than any model has layers, filled with zeros to four digits and more, within a code
/// (`1abc_A`, `S01W02`) or behind such a number (`1089-134686-0000`).
bool look_like_ids(const Family& arrays, std::size_t place);

}  // namespace attngraph
