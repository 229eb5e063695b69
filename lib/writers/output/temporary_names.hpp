#pragma once

#include <cstddef>
#include <string>

namespace attngraph {

/// Notes the name of a temporary, where a signal handler can find it.
/// @returns its place in the table; where that is full, such a one just stays after a crash
std::size_t name_temporary(const std::string& path);
void forget_temporary(std::size_t place);

/// Removes the temporaries of all outputs that this process has open; safe in a signal handler.
void unlink_temporaries() noexcept;

}  // namespace attngraph
