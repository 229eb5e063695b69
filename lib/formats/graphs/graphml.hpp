#pragma once

#include <string>

#include "core/limits.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A graph as GraphML (http://graphml.graphdrawing.org): nodes in the order in which they stand, or
/// by their ids where these are just the numbers from 0 on; edges with the data `weight` (1
/// without), `layer` and `head` (0 without). Tokens are the nodes' data `label`, `name` or `token`,
/// or else their ids where these say more than a number. An undirected edge gives both directions,
/// with a note.
/// @throws InputError for what is not well-formed or no GraphML, nested graphs and hyperedges, an
///   edge to an unknown node, and a weight that is not a finite number
/// @throws LimitError for a label longer than `limits.label`, or too many edges
Dump read_graphml(const Bytes& bytes, const std::string& source, const Limits& limits);

}  // namespace attngraph
