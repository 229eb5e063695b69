#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attention/edges/row_criteria.hpp"
#include "graph/edge_arrays.hpp"

namespace attngraph {

/// Which edges of a graph are wanted.
struct EdgeChoice {
  /// Only so many of the largest weights of each query, ties by lower key.
  std::optional<std::size_t> top_k;
  /// Only weights above this.
  std::optional<double> threshold;
};

/// A number of edges as a user writes it: `all` is more than any graph has.
/// @throws ArgumentError naming `option` where the text is neither that nor at least 1
std::size_t edge_count_named(const std::string& text, const std::string& option);

/// Sets the threshold of a rule, or that it is an equal share, as a user writes it.
/// @throws ArgumentError naming `option` where the text is neither `share` nor a number from 0 on
void read_threshold(RowCriteria& rule, const std::string& text, const std::string& option);

/// Whether a rule chooses some edges by their weight; the most of each query that there may be is
/// none.
bool chooses(const RowCriteria& rule);

/// Edges as a matrix has them: those from one node to another are one, with the sum of their
/// weights, where the first of them stands.
EdgeArrays added_up(EdgeArrays edges);

/// The chosen edges, in their order. Queries must be whole: all edges of one are there or none.
EdgeArrays chosen_edges(EdgeArrays edges, Direction direction, const EdgeChoice& choice);

/// 1 for every edge that is among the `count` largest of its query, else 0.
std::vector<char> largest_of_each_query(const EdgeArrays& edges, Direction direction,
                                        std::size_t count);

/// The edges that are marked, in their order.
EdgeArrays marked_edges(const EdgeArrays& edges, const std::vector<char>& marked);

}  // namespace attngraph
