#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/topology/persistence_bar.hpp"

namespace attngraph {

class Attention;

/// H0 of one head: all tokens are apart, and a bar ends where two parts become one as tokens nearer
/// than a distance are joined, D_ij = 1 - max(A_ij, A_ji). The lengths are those of the edges of a
/// minimum spanning tree. Ascending; bars of length 0 and the one without end are left out. Queries
/// that the head has not count as rows of zeros. Memory is that of a block of rows.
/// @param attention not cross-attention
/// @throws InputError where a weight is above 1, as in rows that do not sum to 1
std::vector<PersistenceBar> component_bars(const Attention& attention, std::size_t l,
                                           std::size_t h);

/// The same where tokens stand together from the beginning, as those of a prompt do.
/// @param part for each token which of `parts` it is in; -1 leaves it out
std::vector<PersistenceBar> component_bars(const Attention& attention, std::size_t l, std::size_t h,
                                           std::span<const std::int32_t> part, std::size_t parts);

}  // namespace attngraph
