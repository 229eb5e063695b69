#pragma once

#include <cstddef>
#include <vector>

#include "metrics/topology/persistence_bar.hpp"

namespace attngraph {

class Attention;

/// H1 of one head: loops of tokens that are nearer than a distance to their neighbours, from where
/// they close to where triangles of near tokens fill them (Vietoris-Rips, coefficients modulo 2).
/// By birth, then death; loops that are filled where they close are left out. Distances are those
/// of component_bars. Time and memory grow with the cube of the tokens.
/// @param attention not cross-attention
/// @throws LimitError where the triangles do not fit into memory
std::vector<PersistenceBar> loop_bars(const Attention& attention, std::size_t l, std::size_t h);

}  // namespace attngraph
