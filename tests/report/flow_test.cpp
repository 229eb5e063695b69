#include "report/questions/flow.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "reading/words/segments.hpp"
#include "recorded_sink.hpp"

namespace attngraph {
namespace {

/// The three matrices of the deck's size that flows and rollouts are known for.
Attention deck_stack() {
  const double a = .7 / 1.1, b = .3 / 1.1, c = .1 / 1.1, d = .1 / .9, e = .7 / .9;
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3}),
       Tensor::from(std::vector<double>{a, b, c, .2, .6, .2, d, d, e}, {1, 3, 3}),
       Tensor::from(std::vector<double>{.5, .25, .25, 0, 1, 0, .2, .3, .5}, {1, 3, 3})},
      {"x", "y", "z"}, "deck");
}

Attention causal_stack() {
  const Tensor layer = Tensor::from(std::vector<double>{1, 0, .75, .25}, {1, 2, 2});
  return Attention({layer, layer}, {}, "causal");
}

TEST_CASE("flow has a row for each pair, with its bound") {
  RecordedSink sink;
  flow_report(deck_stack(), {}, sink);
  CHECK(sink.header() == "output,input,label,flow,bound,saturated,output_label");
  const std::vector<double> expected{1,  .516919191919, .370454545455, .3, 1,
                                     .2, .411111111111, .461111111111, .95};
  REQUIRE(sink.reals("flow").size() == 9);
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(sink.reals("flow")[i] == doctest::Approx(expected[i]).epsilon(1e-11));
    CHECK(sink.reals("flow")[i] <= sink.reals("bound")[i]);
    const bool saturated = sink.reals("bound")[i] - sink.reals("flow")[i] < 1e-9;
    CHECK(sink.integers("saturated")[i] == (saturated ? 1 : 0));
  }
  CHECK(sink.texts("label")[4] == "y");
  CHECK(sink.summaries.at("saturated_share") == doctest::Approx(3. / 9));
}

TEST_CASE("the flow to a group is that to all its tokens at once, from one the mean") {
  Attention attention = deck_stack();
  RecordedSink tokens, groups;
  FlowOptions options;
  options.transition.residual = residual_named("none");
  options.start_layer = options.end_layer = 0;  // one layer: a flow is a weight
  flow_report(attention, options, tokens);
  const Grouping two = segments("xy:0-1,z:2", 3);
  attention.set_merged({two, two, true});
  flow_report(attention, options, groups);
  CHECK(groups.texts("label") == std::vector<std::string>{"xy", "z", "xy", "z"});
  const auto flow = tokens.reals("flow");
  const auto merged = groups.reals("flow");
  CHECK(merged[0] == doctest::Approx((flow[0] + flow[1] + flow[3] + flow[4]) / 2));
  CHECK(merged[1] == doctest::Approx((flow[2] + flow[5]) / 2));
  CHECK(merged[2] == doctest::Approx(flow[6] + flow[7]));
  options.measure = FlowMeasure::cut;
  CHECK_THROWS_AS(flow_report(attention, options, groups), ArgumentError);
}

TEST_CASE("both engines answer alike") {
  for (const bool cut : {false, true}) {
    FlowOptions options;
    if (cut) options.measure = FlowMeasure::cut;
    RecordedSink own, reference;
    flow_report(deck_stack(), options, own);
    options.engine = Engine::igraph;
    flow_report(deck_stack(), options, reference);
    const std::string column = cut ? "capacity" : "flow";
    REQUIRE(own.reals(column).size() == reference.reals(column).size());
    for (std::size_t i = 0; i < own.reals(column).size(); ++i) {
      CHECK(own.reals(column)[i] == doctest::Approx(reference.reals(column)[i]).epsilon(1e-12));
    }
  }
}

TEST_CASE("any number of threads gives the same flows") {
  RecordedSink alone, together;
  flow_report(deck_stack(), {}, alone);
  set_worker_threads(3);
  flow_report(deck_stack(), {}, together);
  set_worker_threads(1);
  CHECK(alone.reals("flow") == together.reals("flow"));
}

TEST_CASE("one output may be named by index, label or last") {
  for (const std::string target : {"2", "-1", "z", "last"}) {
    FlowOptions options;
    options.target = target;
    RecordedSink sink;
    flow_report(deck_stack(), options, sink);
    CHECK(sink.integers("output") == std::vector<std::int64_t>{2, 2, 2});
    CHECK(sink.reals("flow")[2] == doctest::Approx(.95));
  }
}

TEST_CASE("relative flows of an output sum to one, also where one input is shown") {
  FlowOptions options;
  options.target = "0";
  options.measure = FlowMeasure::share;
  RecordedSink all;
  flow_report(deck_stack(), options, all);
  CHECK(all.reals("flow")[0] + all.reals("flow")[1] + all.reals("flow")[2] == doctest::Approx(1));
  CHECK(all.reals("flow")[0] == doctest::Approx(1 / (1 + .516919191919 + .370454545455)));
  options.from = "y";
  RecordedSink one;
  flow_report(deck_stack(), options, one);
  CHECK(one.reals("flow") == std::vector<double>{all.reals("flow")[1]});
}

TEST_CASE("a matrix holds the flows of all pairs") {
  FlowOptions options;
  RecordedSink sink(Form::matrices);
  flow_report(deck_stack(), options, sink);
  REQUIRE(sink.matrices.size() == 1);
  CHECK(sink.series.shape == Shape{3, 3});
  CHECK(sink.matrices[0](1, 2) == doctest::Approx(.2));
}

TEST_CASE("a cut adds up to the flow, edge by edge with labels") {
  FlowOptions options;
  options.target = "1";
  options.from = "2";
  options.measure = FlowMeasure::cut;
  RecordedSink sink;
  flow_report(deck_stack(), options, sink);
  CHECK(sink.header() ==
        "output,input,layer,from,to,from_label,to_label,capacity,output_label,input_label");
  CHECK(sink.texts("output_label")[0] == "y");
  CHECK(sink.texts("input_label")[0] == "z");
  double sum = 0;
  for (const double capacity : sink.reals("capacity")) sum += capacity;
  CHECK(sum == doctest::Approx(.2));
  CHECK(sink.texts("from_label")[0] ==
        std::vector<std::string>{"x", "y", "z"}[sink.integers("from")[0]]);
}

TEST_CASE("layers keep their index in the file") {
  FlowOptions options;
  options.target = "0";
  options.from = "0";
  options.start_layer = 2;
  options.measure = FlowMeasure::cut;
  RecordedSink sink;
  flow_report(deck_stack(), options, sink);
  CHECK(sink.integers("layer") == std::vector<std::int64_t>{2});
  CHECK(sink.reals("capacity") == std::vector<double>{.75});
}

TEST_CASE("the causal null divides by uniform attention, and by nothing gives nothing") {
  FlowOptions options;
  options.measure = FlowMeasure::over_causal_null;
  RecordedSink sink;
  flow_report(causal_stack(), options, sink);
  // Uniform: Ã = [[1, 0], [.25, .75]] twice, so .5 flows 1 -> 0 and .75 1 -> 1.
  // Given: Ã = [[1, 0], [.375, .625]], so .75 and .625.
  CHECK(sink.reals("flow")[0] == doctest::Approx(1));
  CHECK(sink.reals("flow")[1] == 0);
  CHECK(sink.reals("flow")[2] == doctest::Approx(.75 / .5));
  CHECK(sink.reals("flow")[3] == doctest::Approx(.625 / .75));
}

TEST_CASE("what does not go together is refused") {
  RecordedSink sink;
  FlowOptions options;
  options.measure = FlowMeasure::over_causal_null;
  CHECK_THROWS_AS(flow_report(deck_stack(), options, sink), InputError);
  FlowOptions named;
  named.target = "w";
  CHECK_THROWS_AS(flow_report(deck_stack(), named, sink), ArgumentError);
}

}  // namespace
}  // namespace attngraph
