// Tokens on a circle, the first on top, clockwise. Names stand outside: level where they have room,
// else along the radius. What leaves a token begins a little behind its disc, what arrives ends a
// little before it, so that both directions of a pair are seen.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/scene.hpp"
#include "writers/pictures/graph/scene_parts.hpp"

namespace attngraph {
namespace {

constexpr std::size_t label_columns = 24;
/// Around the largest circle.
constexpr double most_names = 600;
constexpr double disc = 6;
constexpr double name_gap = 12;
/// Between the ends of lines in both directions.
constexpr double lane = 5;

class Circle {
 public:
  explicit Circle(const Drawing& graph)
      : graph_(graph),
        labels_(picture_labels(graph, label_columns, false)),
        largest_(largest_weight(graph)) {
    const auto count = static_cast<double>(graph.nodes.size());
    font_ = count <= 100 ? 11 : 8;
    const double around = std::min(count, most_names) * font_ * 1.25 / (2 * std::numbers::pi);
    radius_ = std::max(count <= 8 ? 120.0 : 220.0, around - name_gap);
    disc_ = std::min(disc, std::max(2.0, std::numbers::pi * radius_ / std::max(count, 1.0) * 0.8));
    level_ = names_fit();
    choose_names();
  }

  Scene scene() {
    draw_edges();
    const std::vector<double> itself = rings(graph_);
    for (std::size_t v = 0; v < labels_.size(); ++v) {
      const Point middle = on_circle(angle(v), radius_);
      SceneNode node =
          scene_node(graph_, v, {middle.x - disc_, middle.y - disc_, 2 * disc_, 2 * disc_});
      node.radius = disc_;
      node.ring = itself[v];
      scene_.rings |= node.ring > 0;
      scene_.nodes.push_back(std::move(node));
      if (named_[v]) scene_.labels.push_back(level_ ? level_name(v) : radial_name(v));
    }
    scene_.largest_width = largest_;
    scene_.largest_size = graph_.largest_size;
    return std::move(scene_);
  }

 private:
  const Drawing& graph_;
  std::vector<std::string> labels_;
  double largest_;
  double font_ = 11, radius_ = 220, disc_ = disc;
  bool level_ = false;
  std::vector<char> named_;
  Scene scene_;

  /// Clockwise from the top.
  double angle(std::size_t node) const {
    return 2 * std::numbers::pi * static_cast<double>(node) / static_cast<double>(labels_.size());
  }
  static Point on_circle(double angle, double radius) {
    return {radius * std::sin(angle), -radius * std::cos(angle)};
  }

  Label level_name(std::size_t node) const {
    const Point place = on_circle(angle(node), radius_ + name_gap);
    const double side = std::sin(angle(node));
    // At the top and at the bottom names stand over and under their disc.
    const double away = std::abs(side) < 0.3 ? (place.y < 0 ? -4.0 : 4.0) : 0.0;
    return {.text = labels_[node],
            .place = {place.x, place.y + away},
            .anchor = std::abs(side) < 0.3 ? Anchor::middle
                      : side > 0           ? Anchor::start
                                           : Anchor::end,
            .size = font_};
  }

  Label radial_name(std::size_t node) const {
    const double degrees = angle(node) * 180 / std::numbers::pi - 90;
    const bool left = degrees > 90 + 1e-9;
    return {.text = labels_[node],
            .place = on_circle(angle(node), radius_ + name_gap),
            .anchor = left ? Anchor::end : Anchor::start,
            .size = font_,
            .turn = left ? degrees - 180 : degrees};
  }

  void choose_names() {
    named_.assign(labels_.size(), 1);
    if (static_cast<double>(labels_.size()) <= most_names) return;
    std::vector<double> places, weights = importance(graph_);
    const double room = font_ * 1.25 * radius_ / (radius_ + name_gap);
    for (std::size_t v = 0; v < labels_.size(); ++v) {
      places.push_back(angle(v) * radius_);
      // Beside the first token comes the last one.
      if (places[v] > 2 * std::numbers::pi * radius_ - room) weights[v] = 0;
    }
    named_ = named_places(places, weights, room);
    scene_.remarks.emplace_back("names of the tokens that matter most here");
  }

  bool names_fit() const {
    if (labels_.size() > 30) return false;
    for (std::size_t a = 0; a < labels_.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (level_name(a).box().overlaps(level_name(b).box())) return false;
      }
    }
    return true;
  }

  void draw_edges() {
    const double shift = std::min(lane, disc_) / radius_;
    for (const DrawnEdge& edge : graph_.edges) {
      if (edge.source == edge.target) continue;
      const double leaves = angle(static_cast<std::size_t>(edge.source)) + shift;
      const double arrives = angle(static_cast<std::size_t>(edge.target)) - shift;
      // Neighbours are joined by flat curves, opposite ones by nearly straight ones.
      const double apart = std::abs(std::sin((leaves - arrives) / 2));
      const double depth = 1 - (0.15 + 0.55 * apart);
      const double inner = radius_ - disc_ - 1;
      SceneEdge drawn = scene_edge(graph_, edge, largest_);
      drawn.curve = {on_circle(leaves, inner), on_circle(leaves, radius_ * depth),
                     on_circle(arrives, radius_ * depth), on_circle(arrives, inner)};
      scene_.edges.push_back(std::move(drawn));
    }
  }
};

}  // namespace

Scene circle_scene(const Drawing& graph) { return Circle(graph).scene(); }

}  // namespace attngraph
