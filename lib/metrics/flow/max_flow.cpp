// Push-relabel by igraph, which takes negative or infinite capacities, and a source that is the
// sink, without complaint: checked here first. Cost: O(n^3) at worst, near O(edges) on attention.
#include "metrics/flow/max_flow.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/error.hpp"
#include "core/text/number_text.hpp"
#include "graph/igraph_door.hpp"
#include "tensor/compressed_rows.hpp"

namespace attngraph {
namespace {

// What is left of a capacity counts as nothing below this part of the whole flow: rounding.
constexpr double saturated = 1e-12;

void check_question(const AttentionGraph& graph, std::size_t source, std::size_t sink) {
  assert(source < graph.nodes() && sink < graph.nodes());
  if (source == sink) {
    throw ArgumentError("$sink", "source and sink are both token " + std::to_string(source) +
                                     ", two different ones were expected");
  }
  const EdgeArrays& edges = graph.edges();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const double capacity = edges.weight[i];
    if (std::isfinite(capacity) && capacity >= 0) continue;
    throw InputError(
        "edge " + std::to_string(edges.source[i]) + " -> " + std::to_string(edges.target[i]),
        "the capacity is " + number_text(capacity) +
            ", a finite number of at least 0 was expected");
  }
}

// The nodes from which more could flow into the sink.
std::vector<char> sink_side(const EdgeArrays& edges, const EdgeFlows& flows, std::size_t sink) {
  const double rest = saturated * flows.value;
  EdgeArrays residual;
  residual.nodes = edges.nodes;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const double flow = flows.flow[i];
    // Edges point from where the search goes on to what it has found: backwards.
    if (edges.weight[i] - flow > rest) residual.add(edges.target[i], edges.source[i], 1.0);
    if (flow > rest) residual.add(edges.source[i], edges.target[i], 1.0);
  }
  const CompressedRows rows = compressed_rows(residual);
  std::vector<char> found(edges.nodes, 0);
  std::vector<std::size_t> open{sink};
  found[sink] = 1;
  while (!open.empty()) {
    const std::size_t v = open.back();
    open.pop_back();
    for (const std::int32_t next : rows.targets(v)) {
      if (found[next]) continue;
      found[next] = 1;
      open.push_back(next);
    }
  }
  return found;
}

}  // namespace

double max_flow(const AttentionGraph& graph, std::size_t source, std::size_t sink) {
  check_question(graph, source, sink);
  // igraph 0.10 reads the first edge even where there is none.
  if (graph.edges().size() == 0) return 0.0;
  const door::Numbers capacity{std::span<const double>(graph.edges().weight)};
  double value = 0;
  door::checked(
      igraph_maxflow_value(door::igraph(graph), &value, static_cast<igraph_integer_t>(source),
                           static_cast<igraph_integer_t>(sink), capacity.get(), nullptr),
      "maximum flow");
  return value;
}

EdgeFlows edge_flows(const AttentionGraph& graph, std::size_t source, std::size_t sink) {
  check_question(graph, source, sink);
  EdgeFlows result{0.0, std::vector<double>(graph.edges().size(), 0.0)};
  if (result.flow.empty()) return result;
  const door::Numbers capacity{std::span<const double>(graph.edges().weight)};
  door::Numbers flow;
  door::checked(igraph_maxflow(door::igraph(graph), &result.value, flow.get(), nullptr, nullptr,
                               nullptr, static_cast<igraph_integer_t>(source),
                               static_cast<igraph_integer_t>(sink), capacity.get(), nullptr),
                "maximum flow");
  for (std::size_t i = 0; i < result.flow.size(); ++i) {
    result.flow[i] = std::clamp(flow[i], 0.0, graph.edges().weight[i]);
  }
  return result;
}

MinimumCut minimum_cut(const AttentionGraph& graph, std::size_t source, std::size_t sink) {
  const EdgeFlows flows = edge_flows(graph, source, sink);
  const EdgeArrays& edges = graph.edges();
  const std::vector<char> side = sink_side(edges, flows, sink);
  MinimumCut cut;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (side[edges.source[i]] || !side[edges.target[i]]) continue;
    cut.edges.push_back(i);
    cut.capacity += edges.weight[i];
  }
  return cut;
}

}  // namespace attngraph
