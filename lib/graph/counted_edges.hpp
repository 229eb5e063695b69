#pragma once

#include <cstddef>
#include <functional>

#include "attention/edges/row_criteria.hpp"
#include "graph/edge_arrays.hpp"

namespace attngraph {

class Attention;

/// Calls `visit(edges)` with the weights of a head that count as edges where a question is about
/// yes or no: those that `rule` keeps of the rows of A, whichever way edges point, without
/// self-loops. Queries in order, all edges of one in one part; edges that stand twice in a list are
/// one. Memory is that of a block of rows, of a list that of a row.
void for_each_counted_part(const Attention& attention, std::size_t l, std::size_t h,
                           const RowCriteria& rule, Direction direction,
                           const std::function<void(const EdgeArrays&)>& visit);

/// All of them.
EdgeArrays counted_edges(const Attention& attention, std::size_t l, std::size_t h,
                         const RowCriteria& rule, Direction direction);

}  // namespace attngraph
