#pragma once

#include <string>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A graph as GraphML (http://graphml.graphdrawing.org), with any prefix of its namespace. Nodes
/// stand in the order of the file, or in that of their ids where all are whole numbers; each is
/// called by its data `label`, `name` or `token`, by the label that yEd draws, or else by its id.
/// Edges have the data `weight` (in any case of letters; 1 without), `layer` and `head` (0
/// without): all keys of that name count, for edges or for nodes, since networkx writes one for
/// each type of Python and Cytoscape declares them for nodes. Undirected edges give both
/// directions.
/// @throws InputError for what is not well-formed or no GraphML, nested graphs and hyperedges, an
///   edge to an unknown node, and a weight that is not a finite number
/// @throws LimitError for a label longer than `limits.label`, or too many edges
Dump read_graphml(const Bytes& bytes, const std::string& source, const Limits& limits,
                  const EdgeOptions& options);

}  // namespace attngraph
