#include "writers/pictures/exchange/graphml_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/number_text.hpp"
#include "report/answer/drawing.hpp"
#include "writers/pictures/canvas/xml_text.hpp"

namespace attngraph {
namespace {

struct Key {
  const char* id;
  const char* where;
  const char* type;
};

constexpr std::array<Key, 9> keys{{{"title", "graph", "string"},
                                   {"direction", "graph", "string"},
                                   {"label", "node", "string"},
                                   {"x", "node", "double"},
                                   {"y", "node", "double"},
                                   {"weight", "edge", "double"},
                                   {"layer", "edge", "long"},
                                   {"head", "edge", "long"},
                                   {"route", "edge", "long"}}};

void append_data(std::string& out, const char* key, std::string_view value) {
  out += "<data key=\"";
  out += key;
  out += "\">";
  append_xml_text(out, value);
  out += "</data>";
}

void append_node(std::string& out, const Drawing& graph, std::size_t i) {
  out += "    <node id=\"n" + std::to_string(i) + "\">";
  append_data(out, "label", graph.nodes[i].label);
  if (graph.placed) {
    append_data(out, "x", number_text(graph.nodes[i].x));
    append_data(out, "y", number_text(graph.nodes[i].y));
  }
  out += "</node>\n";
}

void append_edge(std::string& out, const Drawing& graph, const DrawnEdge& edge) {
  out += "    <edge source=\"n" + std::to_string(edge.source) + "\" target=\"n" +
         std::to_string(edge.target) + "\">";
  append_data(out, "weight",
              graph.single_precision ? number_text(static_cast<float>(edge.weight))
                                     : number_text(edge.weight));
  append_data(out, "layer", std::to_string(edge.layer));
  // Fused heads have no index; the title names how they were fused.
  if (graph.head && std::holds_alternative<std::int64_t>(*graph.head)) {
    append_data(out, "head", std::to_string(std::get<std::int64_t>(*graph.head)));
  }
  if (edge.route > 0) append_data(out, "route", std::to_string(edge.route));
  out += "</edge>\n";
}

}  // namespace

std::string graphml_text(const Drawing& graph) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  const bool routes = std::any_of(graph.edges.begin(), graph.edges.end(),
                                  [](const DrawnEdge& edge) { return edge.route > 0; });
  for (const auto& key : keys) {
    if (std::string_view(key.id) == "route" && !routes) continue;
    out += std::string("  <key id=\"") + key.id + "\" for=\"" + key.where + "\" attr.name=\"" +
           key.id + "\" attr.type=\"" + key.type + "\"/>\n";
  }
  out += "  <graph id=\"attention\" edgedefault=\"directed\">\n    ";
  append_data(out, "title", graph.title);
  append_data(out, "direction", graph.direction);
  out += "\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) append_node(out, graph, i);
  for (const auto& edge : graph.edges) append_edge(out, graph, edge);
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace attngraph
