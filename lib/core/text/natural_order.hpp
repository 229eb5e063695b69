#pragma once

#include <string_view>

namespace attngraph {

/// Whether `a` comes before `b` when runs of digits compare as numbers: layer_2 before layer_10.
/// A strict total order on different strings.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace attngraph
