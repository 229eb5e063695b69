#include "report/questions/graph.hpp"

#include <doctest/doctest.h>

#include <variant>

#include "attention/attention.hpp"
#include "attention/computed/attend.hpp"
#include "core/error.hpp"
#include "report/answer/drawing.hpp"
#include "report/answer/picture.hpp"
#include "report/recorded_sink.hpp"

namespace attngraph {
namespace {

class DrawingSink : public RecordedSink {
 public:
  explicit DrawingSink(Form form = Form::drawing) : form_(form) {}
  std::vector<Drawing> graphs;
  Form form() const override { return form_; }
  void graph(const Drawing& graph) override { graphs.push_back(graph); }

 private:
  Form form_;
};

using Integers = std::vector<std::int64_t>;

Attention five_keys() {
  return Attention({Tensor::from(std::vector<float>{.1f, .3f, .1f, .3f, .2f, 0,   0,   1, 0,
                                                    0,   .2f, .2f, .2f, .2f, .2f, .5f, 0, 0,
                                                    0,   .5f, .4f, .3f, .2f, .1f, 0},
                                 {1, 5, 5})},
                   {"a", "b", "c", "d", "e"});
}

TEST_CASE("rows give every edge by query, then key, with the weight as it is") {
  RecordedSink sink;
  token_graph_report(five_keys(), {}, sink);
  CHECK(sink.header() == "layer,head,source,target,weight,source_label,target_label");
  CHECK(sink.integers("source").size() == 17);
  CHECK(sink.texts("source_label")[5] == "b");
  CHECK(sink.texts("target_label")[5] == "c");
  CHECK(sink.integers("source")[5] == 1);
  CHECK(sink.integers("target")[5] == 2);
  CHECK(sink.column<float>("weight")[1] == .3f);
}

TEST_CASE("the largest of each query, ties by lower key") {
  RecordedSink sink;
  TokenGraphOptions options;
  options.choice.top_k = 2;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.integers("source") == Integers{0, 0, 1, 2, 2, 3, 3, 4, 4});
  CHECK(sink.integers("target") == Integers{1, 3, 2, 0, 1, 0, 4, 0, 1});
}

TEST_CASE("informs turns edges round, and still takes the largest of each query") {
  RecordedSink sink;
  TokenGraphOptions options;
  options.choice.top_k = 1;
  options.direction = Direction::informs;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.integers("target") == Integers{0, 1, 2, 3, 4});
  CHECK(sink.integers("source") == Integers{1, 2, 0, 0, 0});
}

TEST_CASE("a threshold is strict, self-loops can be dropped") {
  RecordedSink sink;
  TokenGraphOptions options;
  options.choice.threshold = .3f;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.integers("target") == Integers{2, 0, 4, 0});
  RecordedSink without;
  options.choice.threshold = 0.19;
  options.self_loops = SelfLoops::drop;
  token_graph_report(five_keys(), options, without);
  CHECK(without.integers("source") == Integers{0, 0, 0, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4});
}

TEST_CASE("an equal share as the threshold leaves self-loops out, whatever is said of them") {
  RecordedSink sink;
  TokenGraphOptions options;
  options.choice.share = true;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.integers("source") == Integers{0, 0, 1, 3, 3, 4, 4});
  CHECK(sink.integers("target") == Integers{1, 3, 2, 0, 4, 0, 1});
  DrawingSink drawn;
  options.choice.top_k = 1;
  options.layout = Layout::columns;
  token_graph_report(five_keys(), options, drawn);
  const Drawing& graph = drawn.graphs.at(0);
  CHECK(graph.edges.size() == 4);
  CHECK(graph.edges.front().target == 6);
  CHECK(graph.left_out == 13);
  CHECK(graph.remarks.back() ==
        "shown: 4 edges above an equal share, at most 1 of each query, of 17 (44% of the "
        "attention)");
}

TEST_CASE("disparity leaves self-loops out, and says what it keeps") {
  DrawingSink drawn;
  TokenGraphOptions options;
  options.choice.disparity = .07;
  token_graph_report(five_keys(), options, drawn);
  CHECK(drawn.graphs.at(0).remarks.back() ==
        "shown: 3 edges of disparity below 0.07 of 17 (40% of the attention)");
  options.choice.disparity = 2;
  CHECK_THROWS_AS(check_options(options, Form::drawing), ArgumentError);
}

TEST_CASE("a drawing shows three edges of each query") {
  DrawingSink sink;
  TokenGraphOptions options;
  token_graph_report(five_keys(), options, sink);
  REQUIRE(sink.graphs.size() == 1);
  const Drawing& graph = sink.graphs[0];
  CHECK(graph.title == "layer 0, head 0");
  CHECK(graph.direction == "attends");
  CHECK(graph.single_precision);
  CHECK(graph.placed);
  CHECK(graph.layout == Layout::arcs);
  CHECK(graph.remarks ==
        std::vector<std::string>{
            "an arrow leads from each token to what it attends to",
            "shown: the 3 largest edges of each query, 12 of 17 (86% of the attention)"});
  CHECK(graph.largest_size == doctest::Approx(1.5));
  CHECK(graph.edges.size() == 12);
  CHECK(graph.left_out == 5);
  Integers shown;
  for (const DrawnEdge& edge : graph.edges) {
    if (edge.source == 0) shown.push_back(edge.target);
  }
  CHECK(shown == Integers{1, 3, 4});
  CHECK(sink.notes.back() ==
        "the drawing shows the 3 largest edges of each query and leaves out 5; $top-k all shows "
        "every one");
  CHECK(graph.nodes[0].label == "a");
  CHECK(graph.nodes[2].size == 1.0);  // .1 + 1 + .2 + .2, more than any other token gets
  DrawingSink turned;
  options.direction = Direction::informs;
  token_graph_report(five_keys(), options, turned);
  CHECK(turned.graphs.at(0).nodes[2].size == 1.0);  // arrows turn round, what it gets stays
}

TEST_CASE("a drawing of many tokens shows the largest edges of all") {
  std::vector<float> weights(60 * 60);
  for (std::size_t q = 0; q < 60; ++q) {
    // Rows add up to 1; the first 50 have 4 weights that are larger than all others.
    for (std::size_t k = 0; k < 60; ++k)
      weights[q * 60 + k] = q >= 50 ? 1.f / 60 : k < 4 ? .2f : .2f / 56;
  }
  DrawingSink sink;
  token_graph_report(Attention({Tensor::from(weights, {1, 60, 60})}, {}), {}, sink);
  const Drawing& graph = sink.graphs.at(0);
  REQUIRE(graph.edges.size() == 200);
  CHECK(graph.edges[0].source == 0);
  CHECK(graph.edges[199].source == 49);
  CHECK(graph.edges[199].target == 3);
  CHECK(graph.left_out == 3400);
  CHECK(graph.remarks.back() == "shown: the 200 largest edges of 3600 (67% of the attention)");
  CHECK(sink.notes.back() ==
        "the drawing shows the 200 largest edges and leaves out 3400; $top-k K shows K of each "
        "query, $layout matrix every one");
}

TEST_CASE("edges above a threshold are all shown, and counted against those below") {
  DrawingSink sink;
  TokenGraphOptions options;
  options.choice.threshold = 0.25;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.graphs[0].edges.size() == 7);
  CHECK(sink.graphs[0].left_out == 10);
  CHECK(sink.graphs[0].remarks.back() == "shown: 7 edges above 0.25 of 17 (66% of the attention)");
  CHECK(sink.notes.size() == 1);  // nothing is left out that the user did not ask for
}

TEST_CASE("columns have a node for each side of a token, whichever way edges point") {
  for (const Direction direction : {Direction::attends, Direction::informs}) {
    DrawingSink sink;
    TokenGraphOptions options;
    options.layout = Layout::columns;
    options.direction = direction;
    token_graph_report(five_keys(), options, sink);
    const Drawing& graph = sink.graphs[0];
    CHECK(graph.queries == 5);
    REQUIRE(graph.nodes.size() == 10);
    CHECK(graph.nodes[1].label == "q:b");
    CHECK(graph.nodes[6].label == "k:b");
    for (const DrawnEdge& edge : graph.edges) {
      CHECK((direction == Direction::attends ? edge.source : edge.target) < 5);
      CHECK((direction == Direction::attends ? edge.target : edge.source) >= 5);
    }
  }
}

TEST_CASE("queries and keys of two texts stand in columns") {
  DrawingSink sink;
  token_graph_report(
      Attention({Tensor::from(std::vector<float>{.5f, .25f, .25f, 0, 1, 0}, {1, 2, 3})}, {}), {},
      sink);
  CHECK(sink.graphs[0].layout == Layout::columns);
  CHECK(sink.graphs[0].queries == 2);
  CHECK(sink.graphs[0].remarks[0] ==
        "an arrow leads from each query to the keys that it attends to");
}

TEST_CASE("other programs get every edge") {
  DrawingSink sink(Form::whole_graph);
  token_graph_report(five_keys(), {}, sink);
  CHECK(sink.graphs[0].edges.size() == 17);
  CHECK(sink.graphs[0].left_out == 0);
  CHECK(sink.notes.size() == 1);
}

TEST_CASE("all layouts place every token within the unit square, the same in every run") {
  for (const Layout layout : {Layout::spring, Layout::circle, Layout::arcs, Layout::columns}) {
    TokenGraphOptions options;
    options.layout = layout;
    DrawingSink first;
    DrawingSink second;
    token_graph_report(five_keys(), options, first);
    token_graph_report(five_keys(), options, second);
    REQUIRE(first.graphs[0].placed);
    for (std::size_t v = 0; v < 5; ++v) {
      const DrawnNode& node = first.graphs[0].nodes[v];
      CHECK(node.x >= 0);
      CHECK(node.x <= 1);
      CHECK(node.y >= 0);
      CHECK(node.y <= 1);
      CHECK(node.x == second.graphs[0].nodes[v].x);
      CHECK(node.y == second.graphs[0].nodes[v].y);
    }
  }
}

// Scores of 1 with the own key and 0 with others: e / (e + 2) = 0.576, else 0.212.
Attention identity_queries(std::size_t queries, std::vector<std::string> tokens = {}) {
  AttendInput input;
  std::vector<double> rows(queries * 3, 0.0);
  for (std::size_t q = 0; q < queries; ++q) rows[4 * q] = 1.0;
  input.query = Tensor::from(rows, {queries, 3});
  input.key = Tensor::from(std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 1}, {3, 3});
  AttendOptions options;
  options.scale = scale_named("none");
  return Attention::computed(MultiHeadAttention(input, options), std::move(tokens));
}

TEST_CASE("queries and keys give the same rows as the matrix they make, without storing it") {
  RecordedSink sink;
  TokenGraphOptions options;
  options.choice.top_k = 2;
  token_graph_report(identity_queries(3), options, sink);
  CHECK(sink.header() == "layer,head,source,target,weight");
  CHECK(sink.integers("source") == Integers{0, 0, 1, 1, 2, 2});
  CHECK(sink.integers("target") == Integers{0, 1, 0, 1, 0, 2});
  CHECK(sink.reals("weight")[0] == doctest::Approx(0.5761168848));
  CHECK(sink.reals("weight")[1] == doctest::Approx(0.2119415576));
}

TEST_CASE("a dropped self-loop takes no place among the largest") {
  for (const std::size_t most : {std::size_t{1}, std::size_t{2}, edge_count_named("all", "")}) {
    RecordedSink sink;
    TokenGraphOptions options;
    options.choice.top_k = most;
    options.self_loops = SelfLoops::drop;
    token_graph_report(identity_queries(3), options, sink);
    if (most == 1) {
      CHECK(sink.integers("source") == Integers{0, 1, 2});
      CHECK(sink.integers("target") == Integers{1, 0, 0});
    } else {
      CHECK(sink.integers("source") == Integers{0, 0, 1, 1, 2, 2});
      CHECK(sink.integers("target") == Integers{1, 2, 0, 2, 0, 1});
    }
  }
}

TEST_CASE("fewer queries than keys are nodes of their own") {
  DrawingSink sink;
  TokenGraphOptions options;
  options.direction = Direction::informs;
  token_graph_report(identity_queries(2, {"x", "y", "z"}), options, sink);
  REQUIRE(sink.graphs.size() == 1);
  CHECK(sink.graphs[0].nodes.size() == 5);
  CHECK(sink.graphs[0].nodes[2].label == "k:x");
  CHECK(sink.graphs[0].edges.size() == 6);
  CHECK(sink.graphs[0].edges[0].source == 2);
  CHECK(sink.graphs[0].edges[0].target == 0);
  CHECK_THROWS_AS(identity_queries(2, {"x"}), InputError);
}

TEST_CASE("what is of drawings goes with drawings only") {
  TokenGraphOptions options;
  options.edge_labels = true;
  CHECK_THROWS_AS(check_options(options, Form::rows), ArgumentError);
  CHECK_THROWS_AS(check_options(options, Form::whole_graph), ArgumentError);
  CHECK_NOTHROW(check_options(options, Form::drawing));
  options = {};
  options.layout = Layout::circle;
  CHECK_THROWS_AS(check_options(options, Form::rows), ArgumentError);
  CHECK_NOTHROW(check_options(options, Form::whole_graph));
  options.layout = Layout::columns;
  CHECK_THROWS_AS(check_options(options, Form::whole_graph), ArgumentError);
  CHECK_NOTHROW(check_options(options, Form::drawing));
}

TEST_CASE("a matrix is the picture of every weight, so nothing chooses among them") {
  class PictureSink : public DrawingSink {
   public:
    std::vector<Picture> pictures;
    void picture(const Picture& picture) override { pictures.push_back(picture); }
  } sink;
  TokenGraphOptions options;
  options.layout = Layout::matrix;
  token_graph_report(five_keys(), options, sink);
  CHECK(sink.graphs.empty());
  REQUIRE(sink.pictures.size() == 1);
  CHECK(std::get<HeatMap>(sink.pictures[0].content).panels[0].values.size() == 25);
  CHECK_NOTHROW(check_options(options, Form::drawing));
  CHECK_THROWS_AS(check_options(options, Form::whole_graph), ArgumentError);
  const auto refused = [options](auto change) {
    TokenGraphOptions changed = options;
    change(changed);
    CHECK_THROWS_AS(check_options(changed, Form::drawing), ArgumentError);
  };
  refused([](auto& o) { o.choice.top_k = 3; });
  refused([](auto& o) { o.choice.threshold = 0.1; });
  refused([](auto& o) { o.self_loops = SelfLoops::drop; });
  refused([](auto& o) { o.direction = Direction::informs; });
}

TEST_CASE("rules ask the sum of edges that stand twice, which without a rule stay two") {
  const std::vector<EdgeList> lists{
      {0, 0, {3, {0, 1, 0, 2, 0}, {1, 2, 2, 0, 1}, {.5, .5, .625, .5, .25}}}};
  const Attention attention = Attention::edges(lists, 3, {}, "e.csv");
  const auto weights = [&](const RowCriteria& choice, Direction direction = Direction::attends) {
    RecordedSink sink;
    TokenGraphOptions options;
    options.choice = choice;
    options.direction = direction;
    token_graph_report(attention, options, sink);
    return sink.reals("weight");
  };
  using Weights = std::vector<double>;
  CHECK(weights({}) == Weights{.5, .5, .625, .5, .25});
  CHECK(weights({.top_k = edge_count_named("all", "$top-k")}) == weights({}));
  CHECK(weights({.threshold = 0}) == Weights{.75, .5, .625, .5});
  CHECK(weights({.threshold = .7}) == Weights{.75});
  CHECK(weights({.threshold = .7}, Direction::informs) == Weights{.75});
  CHECK(weights({.top_k = 1}) == Weights{.75, .5, .5});
  CHECK(weights({.share = true}) == Weights{.75, .625, .5, .5});
}

TEST_CASE("a drawing keeps edges that stand twice unless a rule chooses") {
  const std::vector<EdgeList> lists{{0, 0, {2, {0, 0, 1}, {1, 1, 0}, {.5, .25, 1}}}};
  const Attention attention = Attention::edges(lists, 2, {}, "e.csv");
  const auto drawn = [&](const RowCriteria& choice) {
    DrawingSink sink;
    TokenGraphOptions options;
    options.choice = choice;
    token_graph_report(attention, options, sink);
    std::vector<double> weights;
    for (const DrawnEdge& edge : sink.graphs.at(0).edges) weights.push_back(edge.weight);
    return weights;
  };
  CHECK(drawn({}) == std::vector<double>{.5, .25, 1});
  CHECK(drawn({.threshold = .3}) == std::vector<double>{.75, 1});
}

TEST_CASE("a number of edges is from 1 on, or all") {
  CHECK(edge_count_named("7", "$top-k") == 7);
  CHECK(edge_count_named("all", "$top-k") > 1000000);
  for (const char* bad : {"0", "-1", "", "3x", "some"}) {
    CHECK_THROWS_AS(edge_count_named(bad, "$top-k"), ArgumentError);
  }
}

}  // namespace
}  // namespace attngraph
