#pragma once

#include <cstddef>
#include <vector>

#include "graph/attention_graph.hpp"
#include "metrics/flow/attention_flow.hpp"

namespace attngraph {

/// Attention flow by igraph, on the layered graph edge by edge: the reference for AttentionFlow.
class ReferenceFlow {
 public:
  /// @param transitions as for AttentionFlow
  explicit ReferenceFlow(const std::vector<Matrix>& transitions);

  double flow(std::size_t output, std::size_t input) const;
  std::vector<LayerEdge> minimum_cut(std::size_t output, std::size_t input) const;

 private:
  std::size_t tokens_;
  std::size_t layers_;
  AttentionGraph graph_;
};

}  // namespace attngraph
