#pragma once

#include <cstdint>
#include <optional>

#include "tensor/dump.hpp"

namespace attngraph {

/// Which layer a file says that all of it is: a whole number beside its arrays under a name that
/// counts one layer (`layer`, `layer_idx`). Nothing where it says none, or several.
std::optional<std::int64_t> said_layer(const Dump& dump);

}  // namespace attngraph
