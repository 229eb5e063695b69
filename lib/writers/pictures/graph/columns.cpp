#include <algorithm>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/scene.hpp"
#include "writers/pictures/graph/scene_parts.hpp"

namespace attngraph {
namespace {

constexpr std::size_t label_columns = 26;
constexpr double padding = 5;

class Columns {
 public:
  explicit Columns(const Drawing& graph)
      : graph_(graph),
        labels_(picture_labels(graph, label_columns, true)),
        largest_(largest_weight(graph)) {
    const auto rows =
        static_cast<double>(std::max(graph.queries, graph.nodes.size() - graph.queries));
    font_ = rows <= 80 ? 11 : 8;
    pitch_ = rows <= 80 ? 19 : rows <= 750 ? std::clamp(1800 / rows, 4.0, 11.0) : 3000 / rows;
    height_ = rows * pitch_;
    apart_ = std::clamp(0.75 * height_, 240.0, 560.0);
    for (const std::string& label : labels_) {
      column_width_ = std::max(column_width_, text_width(label, font_) + 2 * padding);
    }
  }

  Scene scene() {
    for (std::size_t v = 0; v < graph_.nodes.size(); ++v) middle_.push_back(middle_of(v));
    draw_edges();
    draw_side(0, graph_.queries, Anchor::end, -column_width_);
    draw_side(graph_.queries, graph_.nodes.size(), Anchor::start, apart_);
    const bool informs = graph_.direction == "informs";
    scene_.headings = {
        heading(informs ? "query: takes" : "query: who attends", -padding, Anchor::end),
        heading(informs ? "key: gives" : "key: to what", apart_ + padding, Anchor::start)};
    scene_.largest_width = largest_;
    scene_.largest_size = graph_.largest_size;
    return std::move(scene_);
  }

 private:
  const Drawing& graph_;
  std::vector<std::string> labels_;
  double largest_;
  double font_ = 11, pitch_ = 19, height_ = 0, apart_ = 300, column_width_ = 0;
  std::vector<double> middle_;
  Scene scene_;

  bool is_query(std::size_t node) const { return node < graph_.queries; }

  /// Both columns are as high.
  double middle_of(std::size_t node) const {
    const std::size_t count =
        is_query(node) ? graph_.queries : graph_.nodes.size() - graph_.queries;
    const std::size_t row = is_query(node) ? node : node - graph_.queries;
    return (static_cast<double>(row) + 0.5) * height_ / static_cast<double>(count);
  }

  /// Where an edge meets a box: a little towards its other end.
  Point port(std::int32_t node, std::int32_t other) const {
    const auto at = static_cast<std::size_t>(node);
    const double lean = (middle_[static_cast<std::size_t>(other)] - middle_[at]) / height_;
    return {is_query(at) ? 0 : apart_, middle_[at] + 0.7 * lean * pitch_ / 2};
  }

  void draw_edges() {
    for (const DrawnEdge& edge : graph_.edges) {
      SceneEdge drawn = scene_edge(graph_, edge, largest_);
      const Point from = port(edge.source, edge.target), to = port(edge.target, edge.source);
      const double bend = 0.35 * (to.x - from.x);
      drawn.curve = {from, {from.x + bend, from.y}, {to.x - bend, to.y}, to};
      scene_.edges.push_back(std::move(drawn));
    }
  }

  Label heading(std::string text, double x, Anchor anchor) const {
    return {.text = std::move(text), .place = {x, -14}, .anchor = anchor, .size = 11};
  }

  void draw_side(std::size_t first, std::size_t end, Anchor anchor, double left) {
    std::vector<double> places(middle_.begin() + static_cast<std::ptrdiff_t>(first),
                               middle_.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<char> named(places.size(), 1);
    if (pitch_ < font_ * 1.15) {
      std::vector<double> weights = importance(graph_);
      weights.erase(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(first));
      weights.resize(places.size());
      named = named_places(places, weights, font_ * 1.15);
      if (first == 0) scene_.remarks.emplace_back("names of the tokens that matter most here");
    }
    const double inside = anchor == Anchor::end ? left + column_width_ - padding : left + padding;
    const double box = std::max(pitch_ - (pitch_ > 8 ? 3 : 1), 2.0);
    for (std::size_t v = first; v < end; ++v) {
      SceneNode node = scene_node(graph_, v, {left, middle_[v] - box / 2, column_width_, box});
      node.radius = std::min(4.0, box / 4);
      scene_.nodes.push_back(std::move(node));
      if (!named[v - first]) continue;
      scene_.labels.push_back(
          {.text = labels_[v], .place = {inside, middle_[v]}, .anchor = anchor, .size = font_});
    }
  }
};

}  // namespace

Scene columns_scene(const Drawing& graph) { return Columns(graph).scene(); }

}  // namespace attngraph
