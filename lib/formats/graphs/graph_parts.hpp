#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"
#include "formats/edges/edge_data.hpp"
#include "formats/edges/edge_groups.hpp"
#include "formats/edges/edge_options.hpp"
#include "formats/graphs/graph_nodes.hpp"
#include "formats/taken_memory.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The rank of what does not label.
inline constexpr std::size_t no_label_rank = 4;

/// What a graph file gives piece by piece: nodes by their ids, and edges with what their data mean.
class GraphParts {
 public:
  GraphParts(const std::string& where, const Limits& limits, const EdgeOptions& options)
      : taken(where, limits, 0),
        nodes(where, limits, taken),
        meaning(where, limits, options, taken),
        where_(where),
        node_label_(options.node_label),
        edges_(where, limits, options.signed_weights) {}

  /// What nodes and names take; edges count for themselves.
  TakenMemory taken;
  GraphNodes nodes;
  EdgeData meaning;

  /// @throws InputError at `place` for data that are not what they must be
  void add(Edge edge, const std::vector<EdgeDatum>& data, const std::string& place);

  /// How well data of that name label a node: 0 is best, no_label_rank not at all.
  std::size_t label_rank(std::string_view name);

  /// Weights are signed by nature, so their size counts where nobody said otherwise.
  void take_sizes() { edges_.take_sizes(); }

  /// The dump of all of it.
  /// @throws InputError where an edge has no node, there is none, or none has the label asked for
  Dump dump(const std::string& format);

 private:
  const std::string& where_;
  std::string node_label_;
  bool labelled_ = false;
  EdgeGroups edges_;
};

}  // namespace attngraph
