#include "writers/pictures/graph/scene_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/number_text.hpp"
#include "core/text/text.hpp"
#include "report/answer/drawing.hpp"
#include "writers/shown_token.hpp"

namespace attngraph {
namespace {

constexpr int shown_digits = 2;
/// Edges lighter than this share of the heaviest one have no number.
constexpr double numbered_share = 0.2;
constexpr std::size_t tooltip_columns = 60;
}  // namespace

std::vector<std::string> picture_labels(const Drawing& graph, std::size_t columns, bool plain) {
  std::vector<std::string> labels;
  for (const DrawnNode& node : graph.nodes) {
    const std::size_t prefix = plain && graph.queries > 0 ? 2 : 0;
    labels.push_back(shown_token(std::string_view(node.label).substr(prefix), columns));
  }
  return labels;
}

std::string edge_tooltip(const Drawing& graph, const DrawnEdge& edge) {
  const auto label = [&](std::int32_t node) {
    return shown_token(graph.nodes[static_cast<std::size_t>(node)].label, tooltip_columns);
  };
  std::string text = label(edge.source) + " → " + label(edge.target) + " " +
                     rounded_text(edge.weight, shown_digits);
  if (!graph.rank_names.empty()) text = "layer " + std::to_string(edge.layer) + ": " + text;
  if (edge.flow) text += ", through it " + rounded_text(*edge.flow, shown_digits);
  if (edge.route > 0) text += ", routes " + rounded_text(edge.route_probability, shown_digits);
  return text;
}

double largest_weight(const Drawing& graph) {
  double largest = 1e-300;
  for (const DrawnEdge& edge : graph.edges) largest = std::max(largest, edge.weight);
  return largest;
}

std::vector<double> rings(const Drawing& graph) {
  const double largest = largest_weight(graph);
  std::vector<double> found(graph.nodes.size(), 0);
  for (const DrawnEdge& edge : graph.edges) {
    if (edge.source == edge.target) {
      found[static_cast<std::size_t>(edge.source)] += edge.weight / largest;
    }
  }
  for (double& ring : found) ring = std::min(ring, 1.0);
  return found;
}

std::vector<double> importance(const Drawing& graph) {
  std::vector<double> found(graph.nodes.size(), 0);
  for (const DrawnEdge& edge : graph.edges) {
    const double weight = edge.flow.value_or(edge.weight) + (edge.route > 0 ? 1e6 : 0);
    found[static_cast<std::size_t>(edge.source)] += weight;
    found[static_cast<std::size_t>(edge.target)] += weight;
  }
  return found;
}

std::vector<char> named_places(const std::vector<double>& places,
                               const std::vector<double>& importance, double apart) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return importance[a] > importance[b]; });
  std::vector<char> named(places.size(), 0);
  std::vector<double> taken;
  for (const std::size_t i : order) {
    if (!(importance[i] > 0)) break;
    const bool free = std::none_of(taken.begin(), taken.end(), [&](double other) {
      return std::abs(other - places[i]) < apart;
    });
    if (!free) continue;
    named[i] = 1;
    taken.push_back(places[i]);
  }
  return named;
}

SceneEdge scene_edge(const Drawing& graph, const DrawnEdge& edge, double largest) {
  SceneEdge drawn;
  drawn.share = std::min(edge.flow.value_or(edge.weight) / largest, 1.0);
  drawn.tooltip = edge_tooltip(graph, edge);
  if (graph.edge_labels && drawn.share >= numbered_share) {
    drawn.number = rounded_text(edge.weight, shown_digits);
  }
  return drawn;
}

SceneNode scene_node(const Drawing& graph, std::size_t node, Box box) {
  SceneNode drawn;
  drawn.box = box;
  drawn.fill = std::clamp(graph.nodes[node].size, 0.0, 1.0);
  drawn.tooltip =
      shown_token(graph.nodes[node].label, tooltip_columns) + ", token " +
      std::to_string(graph.queries > 0 && node >= graph.queries ? node - graph.queries : node);
  if (graph.largest_size > 0) {
    drawn.tooltip += ": receives " + rounded_text(drawn.fill * graph.largest_size, 3);
  }
  return drawn;
}

}  // namespace attngraph
