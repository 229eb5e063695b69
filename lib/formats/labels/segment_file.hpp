#pragma once

#include <string>
#include <vector>

#include "core/limits.hpp"
#include "core/named_range.hpp"
#include "tensor/tensor.hpp"

namespace attngraph {

/// The named parts of a text in a CSV with the columns `name,first,last`, in any order and among
/// others; without a header these three.
/// @param source the file's name, for errors
/// @throws InputError where it is something else
std::vector<NamedRange> read_segments(Bytes bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
