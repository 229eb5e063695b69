#include "report/questions/layers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/answer/drawing.hpp"
#include "report/recorded_sink.hpp"

namespace attngraph {
namespace {

using Integers = std::vector<std::int64_t>;

class DrawingSink : public RecordedSink {
 public:
  explicit DrawingSink(Form form) : form_(form) {}
  std::vector<Drawing> graphs;
  Form form() const override { return form_; }
  void graph(const Drawing& graph) override { graphs.push_back(graph); }

 private:
  Form form_;
};

/// Layers 4 and 7 of a file, of three tokens; without residual the transitions are these.
Attention two_layers(std::vector<std::string> tokens = {"a", "b", "c"}) {
  const Tensor none = Tensor::from(std::vector<double>(9, 1.0 / 3), {1, 3, 3});
  std::vector<Tensor> layers(8, none);
  layers[4] = Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3});
  layers[7] = Tensor::from(std::vector<double>{.5, .25, .25, 0, 1, 0, .2, .3, .5}, {1, 3, 3});
  return Attention(std::move(layers), std::move(tokens)).selected({4, 7}, {0}, std::nullopt);
}

LayersOptions without_residual() {
  LayersOptions options;
  options.transition.residual.kind = Residual::Kind::none;
  return options;
}

/// The most probable route from b to c: c > b > b, as 0.3 * 0.6 beats c > c > b with 0.5 * 0.2.
LayersOptions with_a_route() {
  LayersOptions options = without_residual();
  options.choice.top_k = 1;
  options.from = "b";
  options.to = "c";
  options.count = 1;
  return options;
}

RecordedSink rows(const LayersOptions& options, const Attention& stack = two_layers()) {
  RecordedSink sink;
  layers_report(stack, options, sink);
  return sink;
}

Drawing drawing(const LayersOptions& options, Form form = Form::drawing) {
  DrawingSink sink(form);
  layers_report(two_layers(), options, sink);
  REQUIRE(sink.graphs.size() == 1);
  return sink.graphs.front();
}

TEST_CASE("rows give every edge from the token above to the token below, by its layer") {
  const RecordedSink sink = rows(without_residual());
  CHECK(sink.header() == "layer,source,target,weight,source_label,target_label");
  CHECK(sink.integers("layer") == Integers{4, 4, 4, 4, 4, 4, 4, 4, 4, 7, 7, 7, 7, 7, 7, 7});
  CHECK(sink.integers("source") == Integers{0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 1, 2, 2, 2});
  CHECK(sink.integers("target") == Integers{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 1, 0, 1, 2});
  CHECK(sink.reals("weight")[3] == doctest::Approx(.3));
  CHECK(sink.texts("source_label")[3] == "b");
  CHECK(sink.texts("target_label")[3] == "a");
}

TEST_CASE("the weight of an edge has the residual connection in it") {
  LayersOptions options;
  options.start_layer = 7;
  CHECK(rows(options).reals("weight")[0] == doctest::Approx(.5 * .5 + .5));
}

TEST_CASE("labels that are indices stay out of the rows") {
  CHECK(rows(without_residual(), two_layers({})).header() == "layer,source,target,weight");
  CHECK(rows(without_residual(), two_layers({"0", "1", "2"})).header() ==
        "layer,source,target,weight");
}

TEST_CASE("the largest of each query, above a threshold") {
  LayersOptions options = without_residual();
  options.choice.top_k = 1;
  options.choice.threshold = 0.6;
  const RecordedSink sink = rows(options);
  CHECK(sink.integers("layer") == Integers{4, 4, 7});
  CHECK(sink.integers("source") == Integers{0, 2, 1});
  CHECK(sink.integers("target") == Integers{0, 2, 1});
}

TEST_CASE("rows of a route are there whatever is chosen, and say so") {
  const RecordedSink sink = rows(with_a_route());
  CHECK(sink.header() == "layer,source,target,weight,route,source_label,target_label");
  CHECK(sink.integers("layer") == Integers{4, 4, 4, 7, 7, 7, 7});
  CHECK(sink.integers("source") == Integers{0, 1, 2, 0, 1, 2, 2});
  CHECK(sink.integers("target") == Integers{0, 1, 2, 0, 1, 1, 2});
  CHECK(sink.integers("route") == Integers{0, 1, 0, 0, 0, 1, 0});
}

TEST_CASE("where no route leads, a note says it") {
  LayersOptions options = without_residual();
  options.from = "0";
  options.to = "1";
  options.start_layer = 7;
  CHECK(rows(options).notes.back() == "no route leads from input 0 to output 1");
}

TEST_CASE("every level is a row of tokens, the inputs at the bottom") {
  const Drawing graph = drawing(without_residual());
  CHECK(graph.title == "layers 4 to 7, heads by mean");
  CHECK_FALSE(graph.layer);
  CHECK_FALSE(graph.head);
  REQUIRE(graph.nodes.size() == 9);
  CHECK(graph.nodes[0].label == "a");
  CHECK(graph.nodes[0].rank == 2);
  CHECK(graph.nodes[8].label == "c");
  CHECK(graph.nodes[8].rank == 0);
  CHECK(graph.nodes[1].size == doctest::Approx(1.0 / 1.1));
}

TEST_CASE("a drawing shows the largest edges of each query, other programs get every one") {
  LayersOptions options = without_residual();
  options.choice.top_k = 1;
  std::set<std::pair<int, int>> shown;
  const Drawing graph = drawing(options);
  for (const auto& edge : graph.edges) shown.emplace(edge.source, edge.target);
  CHECK(shown == std::set<std::pair<int, int>>{{3, 0}, {4, 1}, {5, 2}, {6, 3}, {7, 4}, {8, 5}});
  CHECK(graph.left_out == 10);  // the second layer has two zeros
  const Drawing all = drawing(without_residual(), Form::whole_graph);
  CHECK(all.edges.size() == 16);
  CHECK(all.edges[0].layer == 4);
  CHECK(all.edges[15].layer == 7);
  CHECK(drawing(options, Form::whole_graph).edges.size() == 6);
}

TEST_CASE(
    "the share of the outputs that comes through an edge is its weight times what reaches it") {
  const Drawing graph = drawing(without_residual(), Form::whole_graph);
  const auto flow = [&](int source, int target) {
    for (const DrawnEdge& edge : graph.edges) {
      if (edge.source == source && edge.target == target) return *edge.flow;
    }
    return -1.0;
  };
  CHECK(flow(6, 3) == doctest::Approx(.5 / 3));  // a third of the outputs is at each token
  CHECK(flow(3, 0) == doctest::Approx((.5 + 0 + .2) / 3 * .7));
  CHECK(graph.rank_names == std::vector<std::string>{"output, layer 7", "layer 4", "input"});
}

TEST_CASE("with routes, shares are those of the output they lead to") {
  const Drawing graph = drawing(with_a_route());
  double from_output = 0;
  for (const DrawnEdge& edge : graph.edges) {
    if (edge.route > 0) CHECK(edge.route_probability == doctest::Approx(.3 * .6));
    if (edge.source == 8) from_output += *edge.flow;
    if (edge.source == 6) CHECK(*edge.flow == 0);
  }
  CHECK(from_output == doctest::Approx(.5 + .3));  // the largest edge, and that of the route
  CHECK(graph.remarks[1] ==
        "set off: the most probable route from input b (token 1) to output c (token 2), 56% of "
        "what goes from one to the other");
  CHECK(graph.remarks[2] == "shown: the largest edge of each query, 7 of 16");
}

TEST_CASE("a drawing shows the edges through which most comes where nobody says which") {
  std::vector<double> even(30 * 30, 1.0 / 31);
  for (std::size_t t = 0; t < 30; ++t) even[t * 30 + (t + 1) % 30] += 1.0 / 31;
  DrawingSink sink(Form::drawing);
  layers_report(Attention({Tensor::from(even, {1, 30, 30})}, {}), without_residual(), sink);
  const Drawing& graph = sink.graphs.at(0);
  std::size_t between = 0, to_the_next = 0, to_itself = 0;
  for (const DrawnEdge& edge : graph.edges) {
    const int source = edge.source - 30;
    between += source != edge.target;
    to_the_next += (source + 1) % 30 == edge.target;
    to_itself += source == edge.target;
  }
  CHECK(between == 60);  // two of each token and layer; of equal ones the first
  CHECK(to_the_next == 30);
  CHECK(to_itself == 30);
  CHECK(graph.remarks.back() ==
        "shown: 90 of 900 edges, those through which most of the output comes");
  CHECK(sink.notes.back() ==
        "the drawing shows the edges through which most of the output comes and leaves out 810; "
        "$top-k all shows every one");
}

TEST_CASE("the steps of the most probable routes are set off, shown or not") {
  std::set<std::pair<int, int>> route;
  for (const auto& edge : drawing(with_a_route()).edges) {
    if (edge.route > 0) route.emplace(edge.source, edge.target);
  }
  CHECK(route == std::set<std::pair<int, int>>{{8, 4}, {4, 1}});
}

TEST_CASE("options that do not go together are refused") {
  const auto refused = [](auto change) {
    LayersOptions options;
    change(options);
    CHECK_THROWS_AS(check_options(options, Form::rows), ArgumentError);
  };
  refused([](LayersOptions& options) { options.from = "b"; });
  refused([](LayersOptions& options) { options.to = "b"; });
  refused([](LayersOptions& options) { options.count = 3; });
  refused([](LayersOptions& options) { options.from = options.to = "b", options.count = 0; });
  refused([](LayersOptions& options) { options.edge_labels = true; });
  CHECK_NOTHROW(check_options(with_a_route(), Form::rows));
}

TEST_CASE("tokens of a layer that is all zeros have a size") {
  const Attention zeros({Tensor::from(std::vector<double>(9, 0), {1, 3, 3})});
  DrawingSink sink(Form::drawing);
  layers_report(zeros, without_residual(), sink);
  REQUIRE(sink.graphs.size() == 1);
  for (const DrawnNode& node : sink.graphs.front().nodes) CHECK(std::isfinite(node.size));
}

}  // namespace
}  // namespace attngraph
