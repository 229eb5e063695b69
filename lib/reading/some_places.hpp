#pragma once

#include <cstddef>
#include <vector>

namespace attngraph {

/// Some of the places 0 … `length` - 1 in order, the first and the last among them: enough to tell
/// readings apart, and few where there are many.
std::vector<std::size_t> some_places(std::size_t length);

}  // namespace attngraph
