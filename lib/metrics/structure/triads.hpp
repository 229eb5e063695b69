#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "graph/edge_arrays.hpp"

namespace attngraph {

/// The kinds of subgraphs that three nodes can make, in igraph's order: how many pairs of nodes
/// have edges both ways, one way and none, then Down, Up, Transitive or Cyclic (Davis and Leinhardt
/// 1972).
inline constexpr std::array<std::string_view, 16> triad_names{
    "003",  "012",  "102", "021D", "021U", "021C", "111D", "111U",
    "030T", "030C", "201", "120D", "120U", "120C", "210",  "300"};

/// How many triples of nodes are of each kind, by igraph, which must not be asked from two threads.
/// @param edges each once, no self-loops
std::array<double, triad_names.size()> triad_census(EdgeArrays edges);

}  // namespace attngraph
