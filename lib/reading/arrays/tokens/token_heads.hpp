#pragma once

#include "reading/arrays/families.hpp"
#include "reading/request.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// Queries, keys or values by layer: where each array is one head, [token, width], those of a layer
/// put together to [1, head, token, width]; else as they are, in the order that records say.
/// @throws InputError where names leave open what their numbers count, or say inputs
Family by_layers(Family arrays, const Dump& dump, const ReadingRequest& request);

}  // namespace attngraph
