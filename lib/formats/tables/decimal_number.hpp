#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace attngraph {

/// The double nearest to a decimal number, as strtod, pandas and networkx give it: 0 where it is
/// too small, infinite where it is too large; nothing where the text is no number.
std::optional<double> decimal_number(std::string_view text);

/// The whole number from 0 on that a text is, also as pandas writes one of a column that has gaps,
/// `3.0`.
std::optional<std::int64_t> whole_index(std::string_view text);

}  // namespace attngraph
