#include "report/questions/maxflow.hpp"

#include <doctest/doctest.h>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "report/recorded_sink.hpp"

namespace attngraph {
namespace {

Attention deck(std::vector<std::string> tokens = {}) {
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3})},
      std::move(tokens));
}

using Integers = std::vector<std::int64_t>;

TEST_CASE("the flow of a pair, chosen by index or label") {
  RecordedSink sink;
  MaxflowOptions options;
  options.source = "a";
  options.sink = "-1";
  maxflow_report(deck({"a", "b", "c"}), options, sink);
  CHECK(sink.integers("source") == Integers{0});
  CHECK(sink.integers("sink") == Integers{2});
  CHECK(sink.reals("flow")[0] == doctest::Approx(0.2));
}

TEST_CASE("all pairs, by source, then sink") {
  RecordedSink sink;
  MaxflowOptions options;
  options.all_pairs = true;
  maxflow_report(deck(), options, sink);
  CHECK(sink.integers("source") == Integers{0, 0, 1, 1, 2, 2});
  CHECK(sink.integers("sink") == Integers{1, 2, 0, 2, 0, 1});
  const double expected[] = {.3, .2, .4, .2, .3, .3};
  for (std::size_t i = 0; i < 6; ++i) CHECK(sink.reals("flow")[i] == doctest::Approx(expected[i]));
}

TEST_CASE("the minimum cut lists its edges with their capacities") {
  RecordedSink sink;
  MaxflowOptions options;
  options.source = "0";
  options.sink = "2";
  options.answer = FlowAnswer::cut;
  maxflow_report(deck(), options, sink);
  CHECK(sink.header() == "layer,head,source,sink,cut_from,cut_to,capacity");
  CHECK(sink.integers("cut_from") == Integers{0, 1});
  CHECK(sink.integers("cut_to") == Integers{2, 2});
  CHECK(sink.reals("capacity") == std::vector<double>{.1, .1});
}

TEST_CASE("edge flows list the edges that carry some, and are labelled as one optimum of many") {
  RecordedSink sink;
  MaxflowOptions options;
  options.source = "0";
  options.sink = "2";
  options.answer = FlowAnswer::edge_flows;
  maxflow_report(deck(), options, sink);
  CHECK(sink.header() == "layer,head,source,sink,from,to,flow");
  CHECK(sink.integers("from") == Integers{0, 0, 1});
  CHECK(sink.integers("to") == Integers{1, 2, 2});
  for (const double flow : sink.reals("flow")) CHECK(flow == doctest::Approx(0.1));
  CHECK(sink.notes.back() ==
        "these edge flows are one optimum among many; only their value is unique");
}

TEST_CASE("the direction turns the flow round") {
  RecordedSink sink;
  MaxflowOptions options;
  options.source = "2";
  options.sink = "0";
  options.direction = Direction::informs;
  maxflow_report(deck(), options, sink);
  CHECK(sink.reals("flow")[0] == doctest::Approx(0.2));
}

TEST_CASE("where tokens have labels, both ends have them too") {
  RecordedSink value, cut, flows;
  MaxflowOptions options;
  options.source = "a";
  options.sink = "c";
  maxflow_report(deck({"a", "b", "c"}), options, value);
  CHECK(value.header() == "layer,head,source,sink,flow,source_label,sink_label");
  CHECK(value.texts("sink_label") == std::vector<std::string>{"c"});
  options.answer = FlowAnswer::cut;
  maxflow_report(deck({"a", "b", "c"}), options, cut);
  CHECK(cut.header() ==
        "layer,head,source,sink,cut_from,cut_to,capacity,source_label,sink_label,cut_from_label,"
        "cut_to_label");
  CHECK(cut.texts("cut_from_label") == std::vector<std::string>{"a", "b"});
  options.answer = FlowAnswer::edge_flows;
  maxflow_report(deck({"a", "b", "c"}), options, flows);
  CHECK(flows.header() ==
        "layer,head,source,sink,from,to,flow,source_label,sink_label,from_label,to_label");
  CHECK(flows.texts("to_label") == std::vector<std::string>{"b", "c", "c"});
}

TEST_CASE("tokens that make no pair, and options that make no question, are refused") {
  RecordedSink sink;
  const auto answer = [&](const MaxflowOptions& options) {
    maxflow_report(deck({"a", "b", "b"}), options, sink);
  };
  CHECK_THROWS_WITH_AS(answer({"a", "a"}), doctest::Contains("source and sink are both token 0"),
                       ArgumentError);
  CHECK_THROWS_WITH_AS(answer({"a", "b"}), doctest::Contains("1, 2"), ArgumentError);
  CHECK_THROWS_WITH_AS(check_options({"a", ""}), doctest::Contains("both are needed"),
                       ArgumentError);
  CHECK_THROWS_AS(check_options({"a", "1", true}), ArgumentError);
  CHECK_THROWS_AS(check_options({"", "", true, FlowAnswer::cut}), ArgumentError);
}

}  // namespace
}  // namespace attngraph
