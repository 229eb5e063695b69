#pragma once

#include <cstddef>
#include <string_view>

namespace attngraph {

/// Whether the `-` at `place` is the sign of a number: digits follow, and it stands in front or
/// behind a mark such as `_`, `.`, `/` (`layer_-2`, `-1`), not behind a letter or digit, where it
/// is a hyphen (`layer-2`).
bool is_sign(std::string_view text, std::size_t place);

/// Whether `a` comes before `b` when runs of digits compare as numbers, with their signs: layer_-1
/// before layer_2 before layer_10. A strict total order on different strings.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace attngraph
