// Nodes where the springs left them, spread over an area that grows with their number; boxes that
// overlap are pushed apart. Of many nodes only those that matter have a name, the others are discs.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/scene.hpp"
#include "writers/pictures/graph/scene_parts.hpp"

namespace attngraph {
namespace {

constexpr std::size_t label_columns = 20;
constexpr std::size_t most_names = 60;
constexpr double font = 11;
constexpr double padding = 6;
constexpr double box_height = 20;
constexpr double disc = 4;
constexpr double margin = 6;
constexpr int most_rounds = 400;
constexpr int most_rounds_of_many = 60;

class Spring {
 public:
  explicit Spring(const Drawing& graph) : graph_(graph), largest_(largest_weight(graph)) {
    choose_names();
    place_boxes();
    const int rounds = boxes_.size() <= most_names ? most_rounds : most_rounds_of_many;
    for (int round = 0; round < rounds && push_apart(); ++round) {
    }
  }

  Scene scene() {
    draw_edges();
    const std::vector<double> itself = rings(graph_);
    for (std::size_t v = 0; v < boxes_.size(); ++v) {
      SceneNode node = scene_node(graph_, v, boxes_[v]);
      node.ring = itself[v];
      scene_.rings |= node.ring > 0;
      node.radius = named_[v] ? 5 : disc;
      scene_.nodes.push_back(std::move(node));
      if (named_[v]) {
        scene_.labels.push_back({.text = labels_[v], .place = boxes_[v].middle(), .size = font});
      }
    }
    if (boxes_.size() > most_names) {
      scene_.remarks.push_back("names of the " + std::to_string(most_names) +
                               " tokens that matter most here");
    }
    scene_.largest_width = largest_;
    scene_.largest_size = graph_.largest_size;
    return std::move(scene_);
  }

 private:
  const Drawing& graph_;
  double largest_;
  std::vector<std::string> labels_;
  std::vector<char> named_;
  std::vector<Box> boxes_;
  Scene scene_;

  void choose_names() {
    labels_ = picture_labels(graph_, label_columns, false);
    named_.assign(labels_.size(), 1);
    if (labels_.size() <= most_names) return;
    const std::vector<double> weights = importance(graph_);
    std::vector<std::size_t> order(labels_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
    for (std::size_t i = most_names; i < order.size(); ++i) named_[order[i]] = 0;
  }

  void place_boxes() {
    const double side =
        std::clamp(110 * std::sqrt(static_cast<double>(labels_.size())), 220.0, 1300.0);
    for (std::size_t v = 0; v < labels_.size(); ++v) {
      const double width =
          named_[v] ? std::max(text_width(labels_[v], font) + 2 * padding, box_height) : 2 * disc;
      const double height = named_[v] ? box_height : 2 * disc;
      boxes_.push_back({1.25 * side * graph_.nodes[v].x - width / 2,
                        side * graph_.nodes[v].y - height / 2, width, height});
    }
  }

  /// Whether there was anything to push.
  bool push_apart() {
    bool pushed = false;
    for (std::size_t a = 0; a < boxes_.size(); ++a) {
      // Discs may touch each other, and there are too many of them to look at every pair.
      for (std::size_t b = 0; b < boxes_.size(); ++b) {
        if (named_[b] && a != b && (!named_[a] || b < a)) pushed |= push_pair(boxes_[a], boxes_[b]);
      }
    }
    return pushed;
  }

  /// Both give way by half, to the side that is nearer.
  static bool push_pair(Box& a, Box& b) {
    const double x = (a.width + b.width) / 2 + margin - std::abs(a.middle().x - b.middle().x);
    const double y = (a.height + b.height) / 2 + margin - std::abs(a.middle().y - b.middle().y);
    if (x <= 0 || y <= 0) return false;
    if (x < y) {
      const double way = a.middle().x < b.middle().x ? -1 : 1;
      a.left += way * (x / 2 + 0.01);
      b.left -= way * (x / 2 + 0.01);
    } else {
      const double way = a.middle().y < b.middle().y ? -1 : 1;
      a.top += way * (y / 2 + 0.01);
      b.top -= way * (y / 2 + 0.01);
    }
    return true;
  }

  /// Where the way from the middle of a box to `other` leaves it.
  static Point border(const Box& box, Point other) {
    const Point way = other - box.middle();
    const double x = std::abs(way.x) > 1e-9 ? (box.width / 2 + 1) / std::abs(way.x) : 1e9;
    const double y = std::abs(way.y) > 1e-9 ? (box.height / 2 + 1) / std::abs(way.y) : 1e9;
    return box.middle() + way * std::min({x, y, 1.0});
  }

  void draw_edges() {
    for (const DrawnEdge& edge : graph_.edges) {
      if (edge.source == edge.target) continue;
      const Box& from = boxes_[static_cast<std::size_t>(edge.source)];
      const Box& to = boxes_[static_cast<std::size_t>(edge.target)];
      const Point way = to.middle() - from.middle();
      // To the right of the straight line, so that both directions of a pair are seen.
      const Point aside = Point{-way.y, way.x} * 0.09;
      const Point first = from.middle() + way * (1.0 / 3) + aside;
      const Point second = from.middle() + way * (2.0 / 3) + aside;
      SceneEdge drawn = scene_edge(graph_, edge, largest_);
      drawn.curve = {border(from, first), first, second, border(to, second)};
      scene_.edges.push_back(std::move(drawn));
    }
  }
};

}  // namespace

Scene spring_scene(const Drawing& graph) { return Spring(graph).scene(); }

}  // namespace attngraph
