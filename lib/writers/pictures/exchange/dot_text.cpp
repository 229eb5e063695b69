#include "writers/pictures/exchange/dot_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "report/answer/drawing.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr double thinnest = 0.4;
constexpr double widest = 4.0;
constexpr int faintest = 0x50;
constexpr int darkest = 0xff;
constexpr int shown_digits = 3;

/// Whether `&` at the front of `text` begins what Graphviz would take for an entity.
bool begins_entity(std::string_view text) {
  const auto end =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#", 1);
  return end != std::string_view::npos && end > 1 && text[end] == ';';
}

std::string weight_text(const Drawing& graph, double weight) {
  return graph.single_precision ? number_text(static_cast<float>(weight)) : number_text(weight);
}

bool has_ranks(const Drawing& graph) {
  return !graph.nodes.empty() &&
         std::all_of(graph.nodes.begin(), graph.nodes.end(),
                     [](const auto& node) { return node.rank.has_value(); });
}

void append_head(std::string& out, const Drawing& graph) {
  const std::string arrow = graph.direction == "informs"
                                ? "an edge runs from a key to the query that it informs"
                                : "an edge runs from a query to the key that it attends to";
  std::string title = graph.title;
  for (const std::string& remark : graph.remarks) title += "\n" + remark;
  out += "digraph attention {\n";
  out += "  // " + graph.direction + ": " + arrow + "\n";
  if (graph.left_out > 0) out += fmt::format("  // {} lighter edges left out\n", graph.left_out);
  out += fmt::format(
      "  graph [label={}, labelloc=\"t\", fontname=\"Helvetica\", direction={}{}{}];\n",
      dot_quoted(title), dot_quoted(graph.direction),
      graph.placed ? ", inputscale=\"72\", splines=\"true\", outputorder=\"edgesfirst\"" : "",
      has_ranks(graph) ? ", ranksep=\"0.7\"" : "");
  out +=
      "  node [shape=\"box\", style=\"rounded,filled\", fontname=\"Helvetica\", "
      "color=\"#5b6b7b\", margin=\"0.08,0.04\", height=\"0.3\", width=\"0.3\"];\n";
  out += "  edge [color=\"#1f4e79\", fontname=\"Helvetica\", fontsize=\"9\", arrowsize=\"0.7\"];\n";
}

/// Width and height in points, so that nodes in their places have room.
std::pair<double, double> size_of(const Drawing& graph) {
  constexpr double node_width = 60, node_height = 28, row = 90;
  const auto nodes = static_cast<double>(graph.nodes.size());
  if (has_ranks(graph)) {
    const auto rows = static_cast<double>(std::max<std::size_t>(graph.rank_names.size(), 2));
    return {nodes / rows * node_width, (rows - 1) * row};
  }
  if (graph.layout == Layout::arcs) return {nodes * node_width, 0};
  if (graph.layout == Layout::columns) return {4 * node_width, nodes / 2 * node_height};
  const double side = std::max(3 * node_width, 2.5 * node_width * std::sqrt(nodes));
  return {side, side};
}

/// White to a light blue that black text stands out from.
std::string fill_of(double size) {
  const double share = std::clamp(size, 0.0, 1.0);
  const auto channel = [&](int end) { return static_cast<int>(255 - share * (255 - end) + 0.5); };
  return fmt::format("#{:02x}{:02x}{:02x}", channel(0x9c), channel(0xc4), channel(0xe8));
}

void append_nodes(std::string& out, const Drawing& graph, std::optional<std::size_t> label_width) {
  const auto [width, height] = size_of(graph);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto& node = graph.nodes[i];
    const std::string label = label_width ? shown_token(node.label, *label_width) : node.label;
    fmt::format_to(std::back_inserter(out), "  \"{}\" [label={}, fillcolor=\"{}\"", i,
                   dot_quoted(label), fill_of(node.size));
    if (graph.placed) {
      fmt::format_to(std::back_inserter(out), ", pos=\"{:.1f},{:.1f}!\"", width * node.x,
                     height * (1 - node.y));
    }
    out += "];\n";
  }
}

/// Nodes of one rank stand in one row, from left to right by their x.
void append_ranks(std::string& out, const Drawing& graph) {
  std::map<std::int32_t, std::vector<std::size_t>> ranks;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) ranks[*graph.nodes[i].rank].push_back(i);
  for (auto& [rank, members] : ranks) {
    std::stable_sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
      return graph.nodes[a].x < graph.nodes[b].x;
    });
    out += "  { rank=\"same\";";
    for (std::size_t i = 0; i < members.size(); ++i) {
      out += (i == 0 ? " \"" : " -> \"") + std::to_string(members[i]) + "\"";
    }
    out += members.size() > 1 ? " [style=\"invis\"] }\n" : " }\n";
  }
}

void append_edges(std::string& out, const Drawing& graph) {
  double largest = 0;
  for (const auto& edge : graph.edges) largest = std::max(largest, edge.weight);
  for (const auto& edge : graph.edges) {
    const bool set_off = edge.route > 0;
    const double share = largest > 0 ? edge.weight / largest : 0;
    fmt::format_to(std::back_inserter(out),
                   "  \"{}\" -> \"{}\" [weight=\"{}\", penwidth=\"{:.2f}\", color=\"{}{:02x}\"",
                   edge.source, edge.target, weight_text(graph, edge.weight),
                   thinnest + (widest - thinnest) * (set_off ? std::max(share, 0.5) : share),
                   set_off ? "#c2410c" : "#1f4e79",
                   static_cast<int>(set_off ? darkest : faintest + (darkest - faintest) * share));
    if (graph.edge_labels) {
      fmt::format_to(std::back_inserter(out), ", label=\"{}\"",
                     rounded_text(edge.weight, shown_digits));
    }
    out += "];\n";
  }
}

}  // namespace

std::string dot_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::string_view here = text;
    const char32_t c = take_character(text);
    if (c == '"') {
      out += "\\\"";
    } else if (c == '\\') {
      out += "\\\\";
    } else if (c == '&') {
      out += begins_entity(here) ? "&amp;" : "&";
    } else if (c == '\n' || c == '\t') {
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7f) {
      out += "\\" + visible_text(here.substr(0, 1));  // its backslash is doubled, too
    } else if (c == 0xfffe || c == 0xffff) {
      append_utf8(out, replacement_character);  // the SVG that Graphviz draws cannot hold it
    } else {
      append_utf8(out, c);
    }
  }
  return out + '"';
}

std::string dot_text(const Drawing& graph, std::optional<std::size_t> label_width) {
  std::string out;
  append_head(out, graph);
  append_nodes(out, graph, label_width);
  if (has_ranks(graph)) append_ranks(out, graph);
  append_edges(out, graph);
  return out + "}\n";
}

}  // namespace attngraph
