#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/paths/routes.hpp"

namespace attngraph {

/// The most probable routes between any tokens of an answer's output and input; from an output with
/// several tokens information goes by their mean.
/// @param transitions Ã [output, input] of each layer, the one nearest the inputs first
Routes answer_routes(std::span<const Matrix> transitions, const std::vector<std::size_t>& inputs,
                     const std::vector<std::size_t>& outputs, std::size_t count);

}  // namespace attngraph
