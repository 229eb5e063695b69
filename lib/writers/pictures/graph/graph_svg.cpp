#include "writers/pictures/graph/graph_svg.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/canvas/svg_canvas.hpp"
#include "writers/pictures/graph/edge_numbers.hpp"
#include "writers/pictures/graph/frame.hpp"
#include "writers/pictures/graph/look.hpp"
#include "writers/pictures/graph/scene.hpp"

namespace attngraph {
namespace {

class Painter {
 public:
  Painter(const Scene& scene, const std::vector<Label>& numbers, Point origin, SvgCanvas& canvas)
      : scene_(scene), numbers_(numbers), origin_(origin), canvas_(canvas) {}

  void paint() {
    group("guides", scene_.guides,
          [&](const Curve& guide) { canvas_.path(path_of(guide), {.line = guide_color}); });
    group("edges", in_order(), [&](const SceneEdge* edge) { paint_edge(*edge); });
    group("nodes", scene_.nodes, [&](const SceneNode& node) { paint_node(node); });
    group("labels", scene_.labels, [&](const Label& label) { paint_label(label, ink_color); });
    group("headings", scene_.headings,
          [&](const Label& label) { paint_label(label, faint_color); });
    group("numbers", numbers_, [&](const Label& label) { paint_label(label, ink_color); });
  }

 private:
  const Scene& scene_;
  const std::vector<Label>& numbers_;
  Point origin_;
  SvgCanvas& canvas_;

  template <typename Things, typename Paint>
  void group(const char* name, const Things& things, const Paint& paint_one) {
    if (things.empty()) return;
    canvas_.begin_group(name);
    for (const auto& thing : things) paint_one(thing);
    canvas_.end_group();
  }

  /// Heavy edges over light ones, those of routes over all.
  std::vector<const SceneEdge*> in_order() const {
    std::vector<const SceneEdge*> edges;
    for (const SceneEdge& edge : scene_.edges) edges.push_back(&edge);
    const auto rank = [](const SceneEdge* edge) { return std::pair(edge->kind, edge->share); };
    std::stable_sort(edges.begin(), edges.end(),
                     [&](const SceneEdge* a, const SceneEdge* b) { return rank(a) < rank(b); });
    return edges;
  }

  Path path_of(const Curve& curve) const {
    const Point from = curve.from + origin_, first = curve.first + origin_;
    const Point second = curve.second + origin_, to = curve.to + origin_;
    return Path()
        .move_to(from.x, from.y)
        .curve_to(first.x, first.y, second.x, second.y, to.x, to.y);
  }

  struct Line {
    Rgb color;
    double width;
    double opacity;
  };
  static Line line_of(const SceneEdge& edge) {
    switch (edge.kind) {
      case SceneEdge::Kind::plain:
        break;
      case SceneEdge::Kind::residual:
        return {residual_color, residual_width, 1};
      case SceneEdge::Kind::route:
        return {route_color, line_width(0.2 + 0.8 * edge.share), 1};
    }
    return {edge_color, line_width(edge.share), line_opacity(edge.share)};
  }

  void paint_edge(const SceneEdge& edge) {
    const auto [color, width, opacity] = line_of(edge);
    if (edge.end == SceneEdge::End::plain) {
      canvas_.path(
          path_of(edge.curve),
          {.line = color, .line_width = width, .opacity = opacity, .tooltip = edge.tooltip});
      return;
    }
    const double head = std::min(4.5 + 1.3 * width, 0.5 * length(edge.curve.to - edge.curve.from));
    canvas_.begin_group("edge", opacity, edge.tooltip);
    canvas_.path(path_of(edge.curve.shortened(0.8 * head)), {.line = color, .line_width = width});
    canvas_.path(head_of(edge.curve, head, 1.6 + 0.75 * width), {.fill = color});
    canvas_.end_group();
  }

  /// A triangle, its tip at the end of the curve.
  Path head_of(const Curve& curve, double long_side, double half_base) const {
    const Point tip = curve.to + origin_;
    const Point along = direction_of(curve.to - curve.second);
    const Point base = tip - along * long_side;
    const Point across = Point{-along.y, along.x} * half_base;
    const Point left = base + across, right = base - across;
    return Path().move_to(tip.x, tip.y).line_to(left.x, left.y).line_to(right.x, right.y).close();
  }

  static double outline_width(const SceneNode& node) {
    if (node.on_route) return 1.5;
    const double room = std::min(node.box.width, node.box.height) / 4;
    return std::min(node.ring > 0 ? 0.8 + 2.7 * node.ring : 0.8, room);
  }

  void paint_node(const SceneNode& node) {
    const bool ring = node.ring > 0;
    const ShapeStyle style{.fill = fill_color(node.fill),
                           .line = node.on_route ? route_color
                                   : ring        ? edge_color
                                                 : outline_color,
                           .line_width = outline_width(node),
                           .tooltip = node.tooltip};
    canvas_.box(origin_.x + node.box.left, origin_.y + node.box.top, node.box.width,
                node.box.height, node.radius, style);
  }

  void paint_label(const Label& label, Rgb color) {
    canvas_.text(label.place.x + origin_.x, label.place.y + origin_.y, label.text,
                 {.size = label.size,
                  .anchor = label.anchor,
                  .color = color,
                  .turn = label.turn,
                  .halo = label.halo});
  }
};

}  // namespace

std::string graph_svg(const Drawing& graph, const std::string& source, std::size_t width) {
  Scene scene = scene_of(graph);
  const std::vector<Label> numbers = edge_numbers(scene);
  const auto wanted = static_cast<std::size_t>(
      std::count_if(scene.edges.begin(), scene.edges.end(),
                    [](const SceneEdge& edge) { return !edge.number.empty(); }));
  if (numbers.size() < wanted) {
    scene.remarks.push_back("weights at " + std::to_string(numbers.size()) + " of " +
                            std::to_string(wanted) + " thick edges, where one sees whose they are");
  }
  const Frame frame(graph, scene, source);
  SvgCanvas canvas(frame.width(), frame.height(), frame.title());
  frame.draw(canvas);
  Painter(scene, numbers, {frame.left(), frame.top()}, canvas).paint();
  return canvas.file(width);
}

}  // namespace attngraph
