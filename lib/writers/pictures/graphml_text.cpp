#include "writers/pictures/graphml_text.hpp"

#include <array>

#include "core/number_text.hpp"
#include "report/answer/drawn_graph.hpp"
#include "writers/pictures/xml_text.hpp"

namespace attngraph {
namespace {

struct Key {
  const char* id;
  const char* where;
  const char* type;
};

constexpr std::array<Key, 8> keys{{{"title", "graph", "string"},
                                   {"direction", "graph", "string"},
                                   {"label", "node", "string"},
                                   {"x", "node", "double"},
                                   {"y", "node", "double"},
                                   {"weight", "edge", "double"},
                                   {"layer", "edge", "long"},
                                   {"head", "edge", "long"}}};

void append_data(std::string& out, const char* key, std::string_view value) {
  out += "<data key=\"";
  out += key;
  out += "\">";
  append_xml_text(out, value);
  out += "</data>";
}

void append_node(std::string& out, const DrawnGraph& graph, std::size_t i) {
  out += "    <node id=\"n" + std::to_string(i) + "\">";
  append_data(out, "label", graph.nodes[i].label);
  if (graph.placed) {
    append_data(out, "x", number_text(graph.nodes[i].x));
    append_data(out, "y", number_text(graph.nodes[i].y));
  }
  out += "</node>\n";
}

void append_edge(std::string& out, const DrawnGraph& graph, const DrawnEdge& edge,
                 const std::string& place) {
  out += "    <edge source=\"n" + std::to_string(edge.source) + "\" target=\"n" +
         std::to_string(edge.target) + "\">";
  append_data(out, "weight",
              graph.single_precision ? number_text(static_cast<float>(edge.weight))
                                     : number_text(edge.weight));
  out += place + "</edge>\n";
}

}  // namespace

std::string graphml_text(const DrawnGraph& graph) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const auto& key : keys) {
    out += std::string("  <key id=\"") + key.id + "\" for=\"" + key.where + "\" attr.name=\"" +
           key.id + "\" attr.type=\"" + key.type + "\"/>\n";
  }
  out += "  <graph id=\"attention\" edgedefault=\"directed\">\n    ";
  append_data(out, "title", graph.title);
  append_data(out, "direction", graph.direction);
  out += "\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) append_node(out, graph, i);
  std::string place;
  append_data(place, "layer", std::to_string(graph.layer));
  // Fused heads have no index; the title names how they were fused.
  if (const auto* head = std::get_if<std::int64_t>(&graph.head)) {
    append_data(place, "head", number_text(*head));
  }
  for (const auto& edge : graph.edges) append_edge(out, graph, edge, place);
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace attngraph
