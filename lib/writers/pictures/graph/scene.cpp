#include "writers/pictures/graph/scene.hpp"

#include <algorithm>

#include "report/answer/drawing.hpp"

namespace attngraph {
namespace {

/// The widest line takes three to each side.
constexpr double rim = 4;

class Extent {
 public:
  void take(Point point) {
    left_ = std::min(left_, point.x);
    top_ = std::min(top_, point.y);
    right_ = std::max(right_, point.x);
    bottom_ = std::max(bottom_, point.y);
  }
  void take(const Box& box) {
    take(Point{box.left, box.top});
    take(Point{box.right(), box.bottom()});
  }
  void take(const Curve& curve) {
    constexpr int steps = 16;
    for (int i = 0; i <= steps; ++i) take(curve.at(static_cast<double>(i) / steps));
  }
  Point corner() const { return {left_ - rim, top_ - rim}; }
  double width() const { return right_ - left_ + 2 * rim; }
  double height() const { return bottom_ - top_ + 2 * rim; }

 private:
  double left_ = 1e9, top_ = 1e9, right_ = -1e9, bottom_ = -1e9;
};

void move(Curve& curve, Point by) {
  for (Point* point : {&curve.from, &curve.first, &curve.second, &curve.to}) *point = *point - by;
}

}  // namespace

void Scene::fit() {
  if (nodes.empty()) return;
  Extent extent;
  for (const SceneEdge& edge : edges) extent.take(edge.curve);
  for (const Curve& guide : guides) extent.take(guide);
  for (const SceneNode& node : nodes) extent.take(node.box);
  for (const auto* texts : {&labels, &headings}) {
    for (const Label& label : *texts) extent.take(label.box());
  }
  const Point corner = extent.corner();
  width = extent.width();
  height = extent.height();
  for (SceneEdge& edge : edges) move(edge.curve, corner);
  for (Curve& guide : guides) move(guide, corner);
  for (SceneNode& node : nodes) {
    node.box.left -= corner.x;
    node.box.top -= corner.y;
  }
  for (auto* texts : {&labels, &headings}) {
    for (Label& label : *texts) label.place = label.place - corner;
  }
}

Scene scene_of(const Drawing& graph) {
  const auto made = [&] {
    if (!graph.rank_names.empty()) return layered_scene(graph);
    switch (graph.layout) {
      case Layout::columns:
        return columns_scene(graph);
      case Layout::circle:
        return circle_scene(graph);
      case Layout::spring:
        return spring_scene(graph);
      default:
        return arcs_scene(graph);
    }
  };
  Scene scene = made();
  scene.fit();
  return scene;
}

}  // namespace attngraph
