#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>

#include "core/limits.hpp"

namespace attngraph {

/// Checks before anything is allocated that the product of `factors` bytes is within
/// limits.memory.
/// @param what needs it: `the weights of one head`
/// @param hint what needs less
/// @throws LimitError that names both numbers and the option
void check_memory(const Limits& limits, std::initializer_list<std::size_t> factors,
                  const std::string& what, const std::string& hint);

}  // namespace attngraph
