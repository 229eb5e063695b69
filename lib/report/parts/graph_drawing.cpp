#include "report/parts/graph_drawing.hpp"

#include <algorithm>
#include <utility>

#include "graph/edge_choice.hpp"
#include "metrics/walks/degrees.hpp"

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
  EdgeArrays drawn = marked_edges(edges, shown);
  for (std::size_t e = 0; e < drawn.size(); ++e) {
    graph.edges.push_back({drawn.source[e], drawn.target[e], drawn.weight[e], place.layer});
  }
  graph.left_out = edges.size() - drawn.size();
  graph.placed = layout != Layout::none;
  const Places where = graph.placed ? places(AttentionGraph(std::move(drawn)), layout) : Places{};
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
  }
  return graph;
}

}  // namespace attngraph
