#include "report/parts/graph_drawing.hpp"

#include <algorithm>

#include "metrics/walks/degrees.hpp"
#include "report/parts/edge_choice.hpp"

namespace attngraph {
namespace {

std::string title_of(std::int64_t layer, const HeadLabel& head) {
  const std::string name = std::holds_alternative<std::string>(head)
                               ? std::get<std::string>(head) + " of heads"
                               : "head " + std::to_string(std::get<std::int64_t>(head));
  return "layer " + std::to_string(layer) + ", " + name;
}

}  // namespace

DrawnGraph drawn_graph(const DrawingPlace& place, const EdgeArrays& edges,
                       const std::vector<char>& shown, Layout layout) {
  DrawnGraph graph;
  graph.title = title_of(place.layer, place.head);
  graph.layer = place.layer;
  graph.head = place.head;
  for (std::size_t e = 0; e < edges.size(); ++e) {
    graph.edges.push_back({edges.source[e], edges.target[e], edges.weight[e], shown[e] != 0});
    if (!shown[e]) ++graph.left_out;
  }
  graph.placed = layout != Layout::none;
  const Places where =
      graph.placed ? places(AttentionGraph(marked_edges(edges, shown)), layout) : Places{};
  const Vector strength = in_strength(edges);
  const double largest = std::max(strength.maxCoeff(), 1e-300);
  for (std::size_t v = 0; v < edges.nodes; ++v) {
    DrawnNode& node = graph.nodes.emplace_back();
    node.label = (*place.labels)[v];
    node.size = strength[static_cast<Index>(v)] / largest;
    if (graph.placed) {
      node.x = where.x[v];
      node.y = where.y[v];
    }
    if (!where.rank.empty()) node.rank = where.rank[v];
  }
  return graph;
}

}  // namespace attngraph
