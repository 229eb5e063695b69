#include "metrics/flow/reference_flow.hpp"

#include "graph/layered_graph.hpp"
#include "metrics/flow/max_flow.hpp"

namespace attngraph {

ReferenceFlow::ReferenceFlow(const std::vector<Matrix>& transitions)
    : tokens_(static_cast<std::size_t>(transitions.front().rows())),
      layers_(transitions.size()),
      graph_(layered_graph(transitions)) {}

double ReferenceFlow::flow(std::size_t output, std::size_t input) const {
  return max_flow(graph_, layers_ * tokens_ + output, input);
}

std::vector<LayerEdge> ReferenceFlow::minimum_cut(std::size_t output, std::size_t input) const {
  const MinimumCut cut = attngraph::minimum_cut(graph_, layers_ * tokens_ + output, input);
  const EdgeArrays& edges = graph_.edges();
  std::vector<LayerEdge> found;
  for (const std::size_t edge : cut.edges) {
    const auto from = static_cast<std::size_t>(edges.source[edge]);
    const auto to = static_cast<std::size_t>(edges.target[edge]);
    found.push_back({to / tokens_, from % tokens_, to % tokens_, edges.weight[edge]});
  }
  return found;
}

}  // namespace attngraph
