#pragma once

#include <string>
#include <vector>

#include "attention/stored/stack_from_dump.hpp"
#include "reading/head_facts.hpp"
#include "tensor/dump.hpp"

namespace attngraph {

/// The heads that edge lists name, of those asked for, each with a look at its edges.
struct InspectedEdges {
  std::vector<ScannedHead> heads;
  std::size_t layers = 0;
  /// The most of a layer.
  std::size_t heads_of_layer = 0;
  std::size_t queries = 0;
  std::size_t keys = 0;
  std::size_t edges = 0;
};

/// Valid weights or not.
/// @throws ArgumentError where there is no list of such a layer and head
InspectedEdges inspected_edges(const Dump& dump, const StackRequest& asked);

/// What is the matter with the weights of edges, which need not sum to 1: `NaN`, `negative`, `ok`.
std::string edge_verdict(const HeadScan& scan);

}  // namespace attngraph
