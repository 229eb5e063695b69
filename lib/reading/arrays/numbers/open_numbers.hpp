#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reading/arrays/families.hpp"

namespace attngraph {

/// What the word before a number says that it counts. Open: layers unless more is said; either:
/// heads as well as layers (`h` of matrices); ids: inputs, unless more is said.
enum class Counts { layers, heads, steps, inputs, open, either, ids, unknown };

/// What the number at `place` counts in the names of `arrays`.
Counts counted_at(const Family& arrays, std::size_t place);

/// Refuses numbers at `places` that may count several things.
/// @throws InputError with an option for each
[[noreturn]] void refuse_open_numbers(const Family& arrays, const std::vector<std::size_t>& places,
                                      const std::string& source, bool stacked);

}  // namespace attngraph
