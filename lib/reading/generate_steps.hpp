#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tensor/dump.hpp"

namespace attngraph {

/// What `generate()` leaves: for each step and layer one array [1, head, query, key], a square
/// prompt first, then one query (or a few) more for each step. Recognised by names that hold both
/// a step and a layer number (`step_3.layer_0`), or by shapes that grow.
/// @returns for each layer the whole causal matrix [head, query, key]; nothing where the tensors
/// are no such steps
/// @throws InputError where a step is missing or does not continue the one before
std::optional<std::vector<Tensor>> assembled_steps(const std::vector<NamedTensor>& tensors,
                                                   const std::string& source);

}  // namespace attngraph
