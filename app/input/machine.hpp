#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

/// Bytes this process may reasonably allocate: 80 % of what is available, within the control
/// group's limit.
std::size_t memory_budget();

/// Processors this process may use.
std::size_t usable_processors();

/// Reads `2G`, `512M`, `1.5 GiB`, `4096` as bytes (powers of 1024).
/// @throws ArgumentError naming `option`
std::size_t byte_size(const std::string& text, const std::string& option);

}  // namespace attngraph
