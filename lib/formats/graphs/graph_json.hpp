#pragma once

#include <string>

#include "core/limits.hpp"
#include "formats/edges/edge_options.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// A graph as node-link JSON: nodes have an `id` (`node_id` in graphs of Neuronpedia; their place
/// where they have neither),
/// perhaps a `label`, `name` or `token`; links have `source`, `target` and the data that EdgeData
/// knows. `directed` is true where nothing says otherwise, as networkx reads it. Weights of a graph
/// of Neuronpedia are attributions of either sign: their size counts unless the options say
/// otherwise.
/// @throws InputError with line and column for what is no JSON, and with the index of a node or
///   link for one that is not what it must be
/// @throws LimitError for a label longer than `limits.label`, or too large a graph
Dump read_graph_json(const Bytes& bytes, const std::string& source, const Limits& limits,
                     const EdgeOptions& options);

}  // namespace attngraph
