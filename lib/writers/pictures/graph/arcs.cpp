// Arcs over a line of tokens, as dependency trees are drawn. Ends of arcs at one token are spread
// over its box, the farther arc outside, so that arcs of one side never cross at a token.

#include <algorithm>
#include <cmath>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/scene.hpp"
#include "writers/pictures/graph/scene_parts.hpp"

namespace attngraph {
namespace {

constexpr double widest_line_of_words = 1150;
constexpr double between_words = 16;
constexpr double padding = 5;
constexpr double thinnest_box = 2;
constexpr double lowest_arc = 14;
constexpr double highest_arc = 280;
/// Room for an end at a box, up to a width.
constexpr double end_room = 4.5;
constexpr double widest_hub = 110;
/// How fast arcs grow with their reach: less than in proportion, so that short ones are seen.
constexpr double growth = 0.8;
constexpr std::size_t label_columns = 22;

/// Where the tokens stand: the words themselves along the line, or beside each other.
struct TokenLine {
  std::vector<std::string> labels;
  double font = 11;
  /// Beside each other at even distances, and turned upwards.
  bool even = false;
  bool turned = false;
  /// Of the band of labels.
  double height = 0;
  std::vector<double> middle;
  /// Of each box.
  std::vector<double> width;
};

TokenLine words_along(std::vector<std::string> labels, const std::vector<std::size_t>& ends) {
  TokenLine line;
  line.height = line.font + 2 * padding + 2;
  double left = 0;
  for (const std::string& label : labels) {
    const double hub =
        std::min(end_room * static_cast<double>(ends[line.width.size()]), widest_hub);
    const double width = std::max({text_width(label, line.font), hub, 12.0}) + 2 * padding;
    line.middle.push_back(left + width / 2);
    line.width.push_back(width);
    left += width + between_words;
  }
  line.labels = std::move(labels);
  return line;
}

/// As much as a picture of some 3,000 pixels has.
double room_of_each(double count) {
  return count <= 850 ? std::clamp(1600 / count, 3.5, 11.0) : 3000 / count;
}

TokenLine words_beside(std::vector<std::string> labels) {
  TokenLine line;
  line.even = true;
  const auto count = static_cast<double>(labels.size());
  line.font = count <= 80 ? 11 : 8;
  const double pitch = count <= 80 ? 17 : room_of_each(count);
  double longest = 0;
  for (const std::string& label : labels) {
    longest = std::max(longest, text_width(label, line.font));
    line.middle.push_back((static_cast<double>(line.middle.size()) + 0.5) * pitch);
    line.width.push_back(count <= 80 ? pitch - 3 : std::max(pitch - 1, thinnest_box));
  }
  line.turned = longest > pitch - 3;
  line.height = (line.turned ? longest : line.font) + 2 * padding;
  line.labels = std::move(labels);
  return line;
}

/// Of lines at each token, those above or those below: the more of them.
std::vector<std::size_t> most_ends(const Drawing& graph) {
  std::vector<std::size_t> forward(graph.nodes.size(), 0), backward(graph.nodes.size(), 0);
  for (const DrawnEdge& edge : graph.edges) {
    if (edge.source == edge.target) continue;
    auto& side = edge.source < edge.target ? forward : backward;
    ++side[static_cast<std::size_t>(edge.source)];
    ++side[static_cast<std::size_t>(edge.target)];
  }
  for (std::size_t v = 0; v < forward.size(); ++v) forward[v] = std::max(forward[v], backward[v]);
  return forward;
}

TokenLine token_line(const Drawing& graph) {
  TokenLine along = words_along(picture_labels(graph, label_columns, false), most_ends(graph));
  if (along.middle.empty() || along.middle.back() <= widest_line_of_words) return along;
  return words_beside(std::move(along.labels));
}

/// An end of an arc at a token.
struct End {
  std::size_t edge;
  bool is_source;
  /// To the other end; negative to the left.
  double reach;
};

class Arcs {
 public:
  explicit Arcs(const Drawing& graph)
      : graph_(graph), line_(token_line(graph)), largest_(largest_weight(graph)) {}

  Scene scene() {
    place_ends();
    for (const bool above : {true, false}) draw_side(above);
    draw_tokens();
    add_remark();
    scene_.largest_width = largest_;
    scene_.largest_size = graph_.largest_size;
    return std::move(scene_);
  }

 private:
  const Drawing& graph_;
  TokenLine line_;
  double largest_;
  Scene scene_;
  std::vector<double> source_x_, target_x_;
  std::size_t above_ = 0, below_ = 0;

  bool looks_back(const DrawnEdge& edge) const {
    return graph_.direction == "informs" ? edge.source < edge.target : edge.target < edge.source;
  }
  double middle(std::int32_t node) const { return line_.middle[static_cast<std::size_t>(node)]; }

  /// Over the box of the token: arcs to the left, the nearest first, then those to the right, the
  /// farthest first.
  void place_ends() {
    source_x_.resize(graph_.edges.size());
    target_x_.resize(graph_.edges.size());
    std::vector<std::vector<End>> above(graph_.nodes.size()), below(graph_.nodes.size());
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const DrawnEdge& edge = graph_.edges[e];
      if (edge.source == edge.target) continue;
      auto& side = looks_back(edge) ? above : below;
      const double reach = middle(edge.target) - middle(edge.source);
      side[static_cast<std::size_t>(edge.source)].push_back({e, true, reach});
      side[static_cast<std::size_t>(edge.target)].push_back({e, false, -reach});
    }
    for (std::size_t v = 0; v < graph_.nodes.size(); ++v) {
      spread(above[v], v);
      spread(below[v], v);
    }
  }

  void spread(std::vector<End>& ends, std::size_t node) {
    std::stable_sort(ends.begin(), ends.end(), [](const End& a, const End& b) {
      return (a.reach < 0) != (b.reach < 0) ? a.reach < 0 : a.reach > b.reach;
    });
    const auto count = static_cast<double>(ends.size());
    const double room = std::max(line_.width[node] - 2 * padding, line_.width[node] / 2);
    const double step = count > 1 ? std::min(7.0, room / (count - 1)) : 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const double x = line_.middle[node] + (static_cast<double>(i) - (count - 1) / 2) * step;
      (ends[i].is_source ? source_x_ : target_x_)[ends[i].edge] = x;
    }
  }

  void draw_side(bool above) {
    double farthest = 0;
    for (const DrawnEdge& edge : graph_.edges) {
      if (edge.source == edge.target || looks_back(edge) != above) continue;
      farthest = std::max(farthest, std::abs(middle(edge.source) - middle(edge.target)));
      ++(above ? above_ : below_);
    }
    const double highest = std::clamp(0.42 * farthest, lowest_arc, highest_arc);
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const DrawnEdge& edge = graph_.edges[e];
      if (edge.source == edge.target || looks_back(edge) != above) continue;
      const double reach = std::abs(middle(edge.source) - middle(edge.target));
      const double height = std::max(lowest_arc, highest * std::pow(reach / farthest, growth));
      const double y = above ? 0 : line_.height;
      const double peak = y + (above ? -height : height) * 4 / 3;  // a curve reaches 3/4 of it
      SceneEdge drawn = scene_edge(graph_, edge, largest_);
      drawn.curve = {
          {source_x_[e], y}, {source_x_[e], peak}, {target_x_[e], peak}, {target_x_[e], y}};
      scene_.edges.push_back(std::move(drawn));
    }
  }

  void draw_tokens() {
    const std::vector<double> itself = rings(graph_);
    const double pitch = line_.middle.size() > 1 ? line_.middle[1] - line_.middle[0] : 100;
    const std::vector<double> weights = importance(graph_);
    std::vector<char> named(line_.labels.size(), 1);
    if (line_.even && pitch < line_.font * 1.15) {
      named = named_places(line_.middle, weights, line_.font * 1.15);
      scene_.remarks.emplace_back("names of the tokens that matter most here");
    }
    for (std::size_t v = 0; v < line_.labels.size(); ++v) {
      const double width = line_.width[v];
      if (pitch < thinnest_box && !(weights[v] > 0)) continue;
      SceneNode node = scene_node(graph_, v, {line_.middle[v] - width / 2, 0, width, line_.height});
      node.ring = itself[v];
      scene_.rings |= node.ring > 0;
      node.radius = std::min(4.0, width / 4);
      scene_.nodes.push_back(std::move(node));
      if (!named[v]) continue;
      scene_.labels.push_back({.text = line_.labels[v],
                               .place = {line_.middle[v], line_.height / 2},
                               .size = line_.font,
                               .turn = line_.turned ? -90.0 : 0.0});
    }
  }

  void add_remark() {
    if (graph_.queries > 0) return;
    if (above_ > 0 && below_ > 0) {
      scene_.remarks.emplace_back("arcs above look back in the text, arcs below look ahead");
    } else if (above_ > 0) {
      scene_.remarks.emplace_back("all arcs look back in the text");
    }
  }
};

}  // namespace

Scene arcs_scene(const Drawing& graph) { return Arcs(graph).scene(); }

}  // namespace attngraph
