#include "writers/pictures/graph/scene.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "report/answer/drawing.hpp"
#include "writers/pictures/graph/edge_numbers.hpp"
#include "writers/pictures/graph/scene_parts.hpp"
#include "writers/written.hpp"

namespace attngraph {
namespace {

const std::vector<std::string> words{"[CLS]",
                                     "注意力",
                                     "الانتباه",
                                     "😀",
                                     "👨‍👩‍👧",
                                     "Ġthe",
                                     "a_rather_long_token_of_many_letters",
                                     ".",
                                     " ",
                                     "किताब",
                                     "mice",
                                     "##ing"};

/// Tokens that each attend to the first, the one before and the one two behind.
Drawing tokens(std::size_t count, Layout layout) {
  Drawing graph;
  graph.title = "layer 2, head 5";
  graph.direction = "attends";
  graph.layout = layout;
  graph.placed = true;
  graph.largest_size = 3;
  const auto nodes = static_cast<std::int32_t>(count);
  for (std::int32_t v = 0; v < nodes; ++v) {
    const double turn = 6.283185307179586 * v / nodes;
    graph.nodes.push_back({words[static_cast<std::size_t>(v) % words.size()],
                           0.5 + 0.5 * std::sin(turn), 0.5 - 0.5 * std::cos(turn), std::nullopt,
                           v == 0 ? 1.0 : 0.1});
    graph.edges.push_back({v, 0, 0.2 + 0.7 / (v + 1), 2});
    if (v > 0) graph.edges.push_back({v, v - 1, 0.3, 2});
    if (v + 2 < nodes) graph.edges.push_back({v, v + 2, 0.1, 2});
  }
  return graph;
}

/// So many queries and keys that look at each other.
Drawing two_sides(std::size_t queries, std::size_t keys) {
  Drawing graph;
  graph.title = "layer 0, head 0";
  graph.direction = "attends";
  graph.layout = Layout::columns;
  graph.queries = queries;
  for (std::size_t v = 0; v < queries + keys; ++v) {
    graph.nodes.push_back(
        {(v < queries ? "q:" : "k:") + words[v % words.size()], 0, 0, std::nullopt, 0});
  }
  for (std::size_t q = 0; q < queries; ++q) {
    graph.edges.push_back(
        {static_cast<std::int32_t>(q), static_cast<std::int32_t>(queries + q % keys), 0.5});
  }
  return graph;
}

/// Each token of a layer takes from itself and from the first; one route, where it is asked for.
Drawing layers(std::size_t count, std::size_t levels, bool route) {
  Drawing graph;
  graph.title = "layers";
  for (std::size_t level = 0; level <= levels; ++level) {
    graph.rank_names.push_back(level == levels ? "input" : "layer");
    for (std::size_t t = 0; t < count; ++t) {
      graph.nodes.push_back(
          {words[t % words.size()], 0, 0, static_cast<std::int32_t>(levels - level), 0.5});
    }
  }
  const auto tokens = static_cast<std::int32_t>(count);
  for (std::int32_t level = 1; level <= static_cast<std::int32_t>(levels); ++level) {
    for (std::int32_t t = 0; t < tokens; ++t) {
      const bool on = route && t == tokens / 2;
      graph.edges.push_back({level * tokens + t, (level - 1) * tokens + t, 0.5, level - 1,
                             on ? 1 : 0, on ? 0.25 : 0, 0.01});
      graph.edges.push_back({level * tokens + t, (level - 1) * tokens, 0.5, level - 1, 0, 0, 0.02});
    }
  }
  return graph;
}

std::size_t overlapping_labels(const Scene& scene) {
  std::vector<std::array<Point, 4>> boxes;
  for (const Label& label : scene.labels) {
    if (!label.text.empty()) boxes.push_back(label.corners());
  }
  std::size_t count = 0;
  for (std::size_t a = 0; a < boxes.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) count += overlap(boxes[a], boxes[b]);
  }
  return count;
}

bool inside(const Scene& scene, Point point) {
  return point.x >= 0 && point.y >= 0 && point.x <= scene.width && point.y <= scene.height;
}

bool all_inside(const Scene& scene) {
  bool all = true;
  for (const auto* texts : {&scene.labels, &scene.headings}) {
    for (const Label& label : *texts) {
      for (const Point corner : label.corners()) all &= inside(scene, corner);
    }
  }
  for (const SceneNode& node : scene.nodes) {
    all &= inside(scene, {node.box.left, node.box.top});
    all &= inside(scene, {node.box.right(), node.box.bottom()});
  }
  for (const SceneEdge& edge : scene.edges) {
    for (int i = 0; i <= 16; ++i) all &= inside(scene, edge.curve.at(i / 16.0));
  }
  return all;
}

TEST_CASE("labels of any script never overlap, and everything is inside, at every size") {
  for (const Layout layout : {Layout::arcs, Layout::circle, Layout::spring}) {
    for (const std::size_t count : {1, 3, 5, 17, 60, 200, 512}) {
      CAPTURE(count);
      CAPTURE(static_cast<int>(layout));
      const Scene scene = scene_of(tokens(count, layout));
      CHECK(overlapping_labels(scene) == 0);
      CHECK(all_inside(scene));
    }
  }
}

TEST_CASE("graphs of thousands of tokens stay of a size that can be shown, and name what matters") {
  for (const Layout layout : {Layout::arcs, Layout::circle, Layout::spring}) {
    CAPTURE(static_cast<int>(layout));
    Drawing graph = tokens(2000, layout);
    graph.edges.clear();
    for (std::int32_t v = 20; v < 2000; v += 10) graph.edges.push_back({v, 0, 0.5});
    const Scene scene = scene_of(graph);
    CHECK(scene.width < 4000);
    CHECK(scene.height < 4000);
    CHECK(scene.labels.size() >= 30);
    CHECK(overlapping_labels(scene) == 0);
    CHECK(all_inside(scene));
    CHECK(std::count_if(scene.remarks.begin(), scene.remarks.end(), [](const std::string& remark) {
            return remark.starts_with("names of the ");
          }) == 1);
  }
  CHECK(scene_of(two_sides(3000, 5000)).height < 4000);
}

TEST_CASE("columns of any height name their tokens without overlap") {
  const std::vector<std::pair<std::size_t, std::size_t>> sizes{
      {1, 1}, {3, 5}, {17, 17}, {60, 20}, {200, 512}};
  for (const auto& size : sizes) {
    CAPTURE(size.first);
    const Scene scene = scene_of(two_sides(size.first, size.second));
    CHECK(overlapping_labels(scene) == 0);
    CHECK(all_inside(scene));
  }
}

TEST_CASE("layers of any width name their tokens without overlap, with and without routes") {
  for (const std::size_t count : {3, 8, 17, 40, 60, 200}) {
    for (const bool route : {false, true}) {
      CAPTURE(count);
      const Scene scene = scene_of(layers(count, 4, route));
      CHECK(overlapping_labels(scene) == 0);
      CHECK(all_inside(scene));
    }
  }
}

TEST_CASE("arcs to tokens before lie above the words, to tokens behind below") {
  const Scene scene = scene_of(tokens(5, Layout::arcs));
  const double middle = scene.labels.front().place.y;
  for (const SceneEdge& edge : scene.edges) {
    const bool back = edge.curve.to.x < edge.curve.from.x;
    CHECK((edge.curve.at(0.5).y < middle) == back);
  }
  CHECK(scene.remarks.back() == "arcs above look back in the text, arcs below look ahead");
}

TEST_CASE("arcs at one token do not cross: the farther ends outside") {
  Drawing graph = tokens(5, Layout::arcs);
  graph.edges = {{1, 0, 0.1}, {2, 0, 0.9}, {3, 0, 0.5}};
  const Scene scene = scene_of(graph);
  CHECK(scene.edges[0].curve.to.x > scene.edges[1].curve.to.x);
  CHECK(scene.edges[1].curve.to.x > scene.edges[2].curve.to.x);
}

TEST_CASE("attention to itself is the outline of a token, not a line") {
  Drawing graph = tokens(3, Layout::arcs);
  graph.edges = {{0, 0, 0.8}, {1, 1, 0.4}, {1, 0, 0.6}};
  const Scene scene = scene_of(graph);
  REQUIRE(scene.edges.size() == 1);
  CHECK(scene.edges[0].share == doctest::Approx(0.75));
  CHECK(scene.nodes[0].ring == 1);
  CHECK(scene.nodes[1].ring == doctest::Approx(0.5));
  CHECK(scene.nodes[2].ring == 0);
  CHECK(scene.rings);
}

TEST_CASE("columns of a layered drawing are straight, the input at the bottom") {
  const Scene scene = scene_of(layers(8, 3, false));
  for (std::size_t v = 8; v < scene.nodes.size(); ++v) {
    CHECK(scene.nodes[v].box.middle().x == doctest::Approx(scene.nodes[v % 8].box.middle().x));
  }
  CHECK(scene.headings.back().text == "input");
  CHECK(scene.headings.back().place.y > scene.headings.front().place.y);
  CHECK(scene.width < 4 * scene.height);
}

TEST_CASE("layers of many tokens keep their proportion and name the tokens on routes") {
  const Scene scene = scene_of(layers(200, 2, true));
  CHECK(scene.width < 6 * scene.height);
  REQUIRE(scene.labels.size() == 2);  // below and above
  CHECK(scene.remarks.back() == "names: the tokens on the routes; the others stand closer");
}

TEST_CASE(
    "lines of routes are as wide as they are probable, those of a token to itself are light") {
  const Scene scene = scene_of(layers(8, 2, true));
  std::size_t routes = 0, residual = 0;
  for (const SceneEdge& edge : scene.edges) {
    routes += edge.kind == SceneEdge::Kind::route;
    residual += edge.kind == SceneEdge::Kind::residual;
    if (edge.kind == SceneEdge::Kind::route) CHECK(edge.share == 1);
  }
  CHECK(routes == 2);
  CHECK(residual == 16);  // 8 of each layer, one of them on the route, and the first one twice
}

TEST_CASE("a tooltip says who attends to whom, and how much") {
  Drawing graph = tokens(11, Layout::arcs);
  graph.edges = {{10, 0, 0.9012}};
  CHECK(scene_of(graph).edges[0].tooltip == "mice → [CLS] 0.9");
}

TEST_CASE("a number among many other lines is left out, unless its line stands out") {
  Drawing graph = two_sides(8, 9);
  graph.edge_labels = true;
  graph.edges.clear();
  for (std::int32_t q = 0; q < 8; ++q) {
    for (std::int32_t k = 0; k < 9; ++k) graph.edges.push_back({q, 8 + k, q == k ? 0.9 : 0.3});
  }
  const std::vector<Label> numbers = edge_numbers(scene_of(graph));
  std::size_t heavy = 0;
  for (const Label& number : numbers) heavy += number.text == "0.9" ? 1 : 0;
  CHECK(heavy == 8);
  CHECK(numbers.size() < 40);
}

TEST_CASE("numbers stand at thick edges only, on nothing else") {
  Drawing graph = tokens(17, Layout::arcs);
  graph.edge_labels = true;
  graph.edges.push_back({16, 15, 0.01});
  const Scene scene = scene_of(graph);
  const std::vector<Label> numbers = edge_numbers(scene);
  CHECK(numbers.size() > 10);
  std::vector<Box> taken;
  for (const SceneNode& node : scene.nodes) taken.push_back(node.box);
  for (const Label& number : numbers) {
    CHECK(number.text != "0.01");
    CHECK(number.halo);
    for (const Box& other : taken) CHECK_FALSE(number.box().overlaps(other));
    taken.push_back(number.box());
  }
}

}  // namespace
}  // namespace attngraph
