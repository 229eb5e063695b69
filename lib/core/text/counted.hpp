#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

/// A count and what is counted: `6 layers`, `1 layer`, `2 queries`.
std::string counted(std::size_t count, const std::string& thing);

}  // namespace attngraph
