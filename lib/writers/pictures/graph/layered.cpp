// A column for each token, straight from the input at the bottom to the output on top, a row for
// each layer; rows are apart in proportion to the width of the whole. Of many tokens those that
// matter have a name and room, the others stand close together.

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
/// Up to so many tokens each has a name and room for it.
constexpr std::size_t few_tokens = 40;
constexpr std::size_t most_names = 40;
constexpr double widest = 1100;
constexpr double font = 11;
/// Of a column with a name that runs upwards: where there are few, where there are many.
constexpr double upward_room = 26;
constexpr double least_room = 18;
/// What few tokens stand apart for, where their names need less.
constexpr double roomy = 480;
constexpr double disc = 4.5;

/// Where the columns stand, and which have a name.
struct TokenColumns {
  std::vector<double> x;
  std::vector<char> named;
  /// Names run upwards.
  bool upward = true;
  double width = 0;
};

TokenColumns stand(const std::vector<double>& rooms, std::vector<char> named) {
  TokenColumns columns;
  for (const double room : rooms) {
    columns.x.push_back(columns.width + room / 2);
    columns.width += room;
  }
  columns.named = std::move(named);
  return columns;
}

TokenColumns few_columns(const std::vector<std::string>& labels) {
  const auto count = static_cast<double>(labels.size());
  double room = std::clamp(roomy / count, upward_room, 90.0);
  for (const std::string& label : labels) room = std::max(room, text_width(label, font) + 14);
  const bool upward = room * count > widest;
  TokenColumns columns = stand(std::vector<double>(labels.size(), upward ? upward_room : room),
                               std::vector<char>(labels.size(), 1));
  columns.upward = upward;
  return columns;
}

/// The tokens of the largest weights over 0, at most `count`.
std::vector<char> largest_of(const std::vector<double>& weights, std::size_t count) {
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  std::vector<char> largest(weights.size(), 0);
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
    largest[order[i]] = weights[order[i]] > 0;
  }
  return largest;
}

/// Those with a name have most room, those without any edge least.
TokenColumns many_columns(const std::vector<std::string>& labels, std::vector<char> named,
                          const std::vector<char>& touched) {
  const auto names = static_cast<double>(std::count(named.begin(), named.end(), 1));
  const double room = names <= 20 ? upward_room : least_room;
  double others = 0;
  for (std::size_t t = 0; t < named.size(); ++t) others += !named[t] && touched[t];
  const double rest = std::clamp((widest - room * names) / std::max(others, 1.0), 2.0, 10.0);
  const double least = std::min(1.0, 1000 / static_cast<double>(named.size()));
  std::vector<double> rooms;
  bool upward = false;
  for (std::size_t t = 0; t < named.size(); ++t) {
    rooms.push_back(named[t] ? room : touched[t] ? rest : least);
    upward |= named[t] && text_width(labels[t], font) > room - 3;
  }
  TokenColumns columns = stand(rooms, std::move(named));
  columns.upward = upward;
  return columns;
}

class Layered {
 public:
  explicit Layered(const Drawing& graph)
      : graph_(graph), tokens_(graph.nodes.size() / graph.rank_names.size()) {
    labels_ = picture_labels(graph, label_columns, false);
    labels_.resize(tokens_);
    look_at_edges();
    choose_columns();
    row_ = std::clamp(0.55 * columns_.width / last_row(), 58.0, 130.0);
  }

  Scene scene() {
    draw_guides();
    for (const DrawnEdge& edge : graph_.edges) draw_edge(edge);
    for (std::size_t v = 0; v < graph_.nodes.size(); ++v) draw_node(v);
    for (const double y : {0.0, row_ * last_row()}) draw_names(y);
    for (std::size_t r = 0; r < graph_.rank_names.size(); ++r) {
      scene_.headings.push_back({.text = graph_.rank_names[r],
                                 .place = {-14, row_ * static_cast<double>(r)},
                                 .anchor = Anchor::end,
                                 .size = font});
    }
    scene_.width_name = "share of the output that comes through";
    scene_.largest_width = largest_flow_;
    scene_.largest_route = largest_route_;
    return std::move(scene_);
  }

 private:
  const Drawing& graph_;
  std::size_t tokens_;
  std::vector<std::string> labels_;
  double largest_flow_ = 1e-300, largest_route_ = 0;
  /// Nodes with edges, and those on routes.
  std::vector<char> touched_, on_route_;
  TokenColumns columns_;
  double row_ = 60;
  Scene scene_;

  double last_row() const { return static_cast<double>(graph_.rank_names.size()) - 1; }
  Point place(std::size_t node) const {
    return {columns_.x[node % tokens_],
            row_ * static_cast<double>(graph_.nodes[node].rank.value_or(0))};
  }
  bool stays_in_column(const DrawnEdge& edge) const {
    return static_cast<std::size_t>(edge.source) % tokens_ ==
           static_cast<std::size_t>(edge.target) % tokens_;
  }

  void look_at_edges() {
    touched_.assign(graph_.nodes.size(), 0);
    on_route_ = touched_;
    for (const DrawnEdge& edge : graph_.edges) {
      for (const std::int32_t end : {edge.source, edge.target}) {
        touched_[static_cast<std::size_t>(end)] = 1;
        if (edge.route > 0) on_route_[static_cast<std::size_t>(end)] = 1;
      }
      largest_route_ = std::max(largest_route_, edge.route_probability);
      if (!stays_in_column(edge)) {
        largest_flow_ = std::max(largest_flow_, edge.flow.value_or(edge.weight));
      }
    }
  }

  void choose_columns() {
    if (tokens_ <= few_tokens) return void(columns_ = few_columns(labels_));
    const std::vector<double> of_node = importance(graph_);
    const bool routes = largest_route_ > 0;
    std::vector<double> weights(tokens_, 0);
    for (std::size_t v = 0; v < of_node.size(); ++v) {
      if (!routes || on_route_[v]) weights[v % tokens_] += of_node[v];
    }
    const bool room_for_all = static_cast<double>(tokens_) * least_room <= widest;
    std::vector<char> touched(tokens_, 0);
    for (std::size_t v = 0; v < touched_.size(); ++v) touched[v % tokens_] |= touched_[v];
    columns_ = many_columns(
        labels_, largest_of(weights, !routes && room_for_all ? tokens_ : most_names), touched);
    if (!routes && room_for_all) return;
    scene_.remarks.emplace_back(
        routes ? "names: the tokens on the routes; the others stand closer"
               : "names: the tokens through which most comes; the others stand closer");
  }

  void draw_guides() {
    for (double row = 0; row <= last_row(); ++row) {
      scene_.guides.push_back(straight({0, row_ * row}, {columns_.width, row_ * row}));
    }
  }

  void draw_edge(const DrawnEdge& edge) {
    SceneEdge drawn = scene_edge(graph_, edge, largest_flow_);
    drawn.end = SceneEdge::End::plain;
    if (edge.route > 0) {
      drawn.kind = SceneEdge::Kind::route;
      drawn.share = edge.route_probability / largest_route_;
    } else if (stays_in_column(edge)) {
      drawn.kind = SceneEdge::Kind::residual;
    }
    const Point from = place(static_cast<std::size_t>(edge.source));
    const Point to = place(static_cast<std::size_t>(edge.target));
    const Point bend{0, 0.3 * (to.y - from.y)};
    const Point way = (to - from) * 0.15;
    drawn.curve = {from, from + bend + way, to - bend - way, to};
    scene_.edges.push_back(std::move(drawn));
  }

  void draw_node(std::size_t node) {
    const std::size_t token = node % tokens_;
    if (!touched_[node] && !columns_.named[token]) return;
    const Point middle = place(node);
    const double radius = columns_.named[token] ? disc : 1.5;
    SceneNode drawn =
        scene_node(graph_, node, {middle.x - radius, middle.y - radius, 2 * radius, 2 * radius});
    drawn.radius = radius;
    drawn.on_route = on_route_[node];
    drawn.tooltip = graph_.rank_names[static_cast<std::size_t>(*graph_.nodes[node].rank)] + ": " +
                    labels_[token] + ", token " + std::to_string(token);
    scene_.nodes.push_back(std::move(drawn));
  }

  void draw_names(double y) {
    const bool top = y == 0;
    for (std::size_t t = 0; t < tokens_; ++t) {
      if (!columns_.named[t]) continue;
      const double away = columns_.upward ? 10 : 16;
      Label label{.text = labels_[t], .place = {columns_.x[t], y + (top ? -away : away)}};
      label.size = font;
      if (columns_.upward) {
        label.turn = -90;
        label.anchor = top ? Anchor::start : Anchor::end;
      }
      scene_.labels.push_back(std::move(label));
    }
  }
};

}  // namespace

Scene layered_scene(const Drawing& graph) { return Layered(graph).scene(); }

}  // namespace attngraph
