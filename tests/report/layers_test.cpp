#include "report/questions/layers.hpp"

#include <doctest/doctest.h>

#include <set>

#include "attention/stored/attention_stack.hpp"
#include "core/error.hpp"
#include "report/answer/drawn_graph.hpp"
#include "report/recorded_sink.hpp"

namespace attngraph {
namespace {

class DrawingSink : public RecordedSink {
 public:
  std::vector<DrawnGraph> graphs;
  void graph(const DrawnGraph& graph) override { graphs.push_back(graph); }
};

/// Two layers of three tokens; without residual the transitions are these.
AttentionStack two_layers() {
  return AttentionStack(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3}),
       Tensor::from(std::vector<double>{.5, .25, .25, 0, 1, 0, .2, .3, .5}, {1, 3, 3})},
      {"a", "b", "c"});
}

LayeredDrawingOptions without_residual() {
  LayeredDrawingOptions options;
  options.paths.transition.residual.kind = Residual::Kind::none;
  return options;
}

DrawnGraph drawing(const LayeredDrawingOptions& options) {
  DrawingSink sink;
  layered_drawing_report(two_layers(), options, sink);
  REQUIRE(sink.graphs.size() == 1);
  return sink.graphs.front();
}

TEST_CASE("every level is a row of tokens, the inputs at the bottom") {
  const DrawnGraph graph = drawing(without_residual());
  REQUIRE(graph.nodes.size() == 9);
  CHECK(graph.nodes[0].label == "a");
  CHECK(graph.nodes[0].rank == 2);
  CHECK(graph.nodes[8].label == "c");
  CHECK(graph.nodes[8].rank == 0);
  CHECK(graph.nodes[1].size == doctest::Approx(1.0 / 1.1));
}

TEST_CASE("edges lead from an output to the inputs of its layer, the largest are shown") {
  LayeredDrawingOptions options = without_residual();
  options.top_k = 1;
  std::set<std::pair<int, int>> shown;
  const DrawnGraph graph = drawing(options);
  for (const auto& edge : graph.edges) {
    if (edge.shown) shown.emplace(edge.source, edge.target);
  }
  CHECK(shown == std::set<std::pair<int, int>>{{3, 0}, {4, 1}, {5, 2}, {6, 3}, {7, 4}, {8, 5}});
  CHECK(graph.edges.size() == 16);  // the second layer has two zeros
  CHECK(graph.left_out == 10);
}

TEST_CASE("the steps of the most probable routes are set off, shown or not") {
  LayeredDrawingOptions options = without_residual();
  options.top_k = 1;
  options.paths.from = "b";
  options.paths.to = "c";
  options.paths.count = 1;  // c > b > b: 0.3 * 0.6 beats c > c > b: 0.5 * 0.2
  std::set<std::pair<int, int>> route;
  for (const auto& edge : drawing(options).edges) {
    if (!edge.set_off) continue;
    CHECK(edge.shown);
    route.emplace(edge.source, edge.target);
  }
  CHECK(route == std::set<std::pair<int, int>>{{8, 4}, {4, 1}});
}

TEST_CASE("a route needs both ends") {
  LayeredDrawingOptions options = without_residual();
  options.paths.from = "b";
  CHECK_THROWS_AS(drawing(options), ArgumentError);
}

}  // namespace
}  // namespace attngraph
