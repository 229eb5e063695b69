#pragma once

#include <optional>
#include <string_view>

namespace attngraph {

/// Whether simdjson 3.0 may read a number as another one: it does so where 20 and more digits
/// follow `0.` and its zeros, and refuses an exponent of as many.
/// @param token the number, and blanks behind it
bool may_be_misread(std::string_view token);

/// The number as nlohmann reads it; nothing where it is none, or too large for a float64.
std::optional<double> exact_number(std::string_view token);

}  // namespace attngraph
