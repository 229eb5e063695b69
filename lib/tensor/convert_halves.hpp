#pragma once

#include <cstddef>

namespace attngraph {

/// Turns `count` halves in this machine's byte order, side by side and aligned or not, into
/// numbers of the same values.
void convert_halves(const std::byte* halves, std::size_t count, float* out);
void convert_halves(const std::byte* halves, std::size_t count, double* out);

}  // namespace attngraph
