#pragma once

#include <cstdint>
#include <vector>

#include "metrics/structure/mutual_weights.hpp"

namespace attngraph {

/// Labels of nodes that one run of Leiden's algorithm ends with: no node, and no part of a group
/// that it looked at, gains by another group.
/// @param seed of the orders in which nodes are looked at; 0: as they stand
std::vector<std::int32_t> leiden(const MutualWeights& weights, double resolution,
                                 std::uint64_t seed);

}  // namespace attngraph
