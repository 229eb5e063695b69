#pragma once

#include <cstddef>

#include "reading/head_facts.hpp"
#include "tensor/edge_arrays.hpp"

namespace attngraph {

/// What head_scan() says of the matrix [query, key] that edges make, without that matrix; but
/// nothing of column sums and of padding in front, which graphs need not have.
/// @param first_key the node that is key 0
/// @param tolerance how far a row sum may be from 1
HeadScan edge_scan(const EdgeArrays& edges, std::size_t queries, std::size_t keys,
                   std::size_t first_key, double tolerance);

}  // namespace attngraph
