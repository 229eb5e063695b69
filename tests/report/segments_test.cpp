#include "report/questions/segments.hpp"
#include "reading/words/grouping.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "attention/attention.hpp"
#include "core/error.hpp"
#include "recorded_sink.hpp"
#include "report/answer/picture.hpp"

namespace attngraph {
namespace {

Attention small() {
  return Attention(
      {Tensor::from(std::vector<double>{.7, .2, .1, .3, .6, .1, .1, .2, .7}, {1, 3, 3})},
      {"x", "y", "z"}, "a.npy");
}

Attention causal() {
  Attention attention({Tensor::from(
      std::vector<double>{1, 0, 0, 0, .5, .5, 0, 0, 0, 0, 0, 0, .1, .3, .2, .4}, {1, 4, 4})});
  return attention;
}

SegmentsOptions ranges(const std::string& text) {
  SegmentsOptions options;
  options.parts.ranges = *named_ranges(text);
  return options;
}

}  // namespace

TEST_CASE("segments gives a row for each pair of parts") {
  RecordedSink sink;
  segments_report(small(), ranges("a:0-1,b:2"), sink);
  CHECK(sink.header() == "layer,head,from,to,mass,density");
  CHECK(sink.texts("from") == std::vector<std::string>{"a", "a", "b", "b"});
  CHECK(sink.texts("to") == std::vector<std::string>{"a", "b", "a", "b"});
  CHECK(sink.reals("mass")[0] == doctest::Approx(.9));
  CHECK(sink.reals("density")[2] == doctest::Approx(.15));
}

TEST_CASE("a picture of one head leaves it to the map to name the head") {
  class Pictures : public RecordedSink {
   public:
    Pictures() : RecordedSink(Form::drawing) {}
    Picture shown;
    void picture(const Picture& picture) override { shown = picture; }
  } sink;
  segments_report(small(), ranges("a:0-1,b:2"), sink);
  CHECK(sink.shown.title == "Attention between parts of the text");
  CHECK(std::get<HeatMap>(sink.shown.content).panels.at(0).title == "layer 0, head 0");
}

TEST_CASE("only rows from and to some parts are shown") {
  SegmentsOptions options = ranges("a:0-1,b:2");
  options.from = "b";
  options.to = "a";
  RecordedSink sink;
  segments_report(small(), options, sink);
  CHECK(sink.texts("from") == std::vector<std::string>{"b"});
  CHECK(sink.reals("mass")[0] == doctest::Approx(.3));
  options.to = "c";
  CHECK_THROWS_AS(segments_report(small(), options, sink), ArgumentError);
}

TEST_CASE("a segment whose tokens are all left out has a note in place of rows") {
  Attention attention = small();
  Grouping left = single_tokens(attention.tokens());
  left.node = {Grouping::left_out, 0, 1};
  left.labels = {"y", "z"};
  attention.set_merged({left, left});
  RecordedSink sink;
  segments_report(attention, ranges("a:0,b:1-2"), sink);
  CHECK(sink.texts("from") == std::vector<std::string>{"b"});
  CHECK(sink.notes == std::vector<std::string>{"segment 'a': all of its tokens are left out"});
  SegmentsOptions receiver = ranges("a:0,b:1,c:2");
  receiver.receiver_gap = 1;
  RecordedSink scores;
  segments_report(attention, receiver, scores);
  CHECK(scores.notes == std::vector<std::string>{"segment 'a': all of its tokens are left out"});
}

TEST_CASE("a segment that is not there brings the one that is near") {
  SegmentsOptions options = ranges("system:0-1,question:2");
  options.from = "quesion";
  RecordedSink sink;
  try {
    segments_report(small(), options, sink);
    FAIL("nothing was refused");
  } catch (const ArgumentError& error) {
    CHECK(error.where() == "$from");
    CHECK(error.problem() == "there is no segment 'quesion'");
    CHECK(error.hint() == "did you mean question? the segments are system, question");
  }
}

TEST_CASE("one token is one part that attends to itself alone") {
  RecordedSink sink;
  segments_report(Attention({Tensor::from(std::vector<double>{1}, {1, 1, 1})}), ranges("0"), sink);
  CHECK(sink.reals("mass") == std::vector<double>{1});
}

TEST_CASE("lookback compares the mean key of the context with the mean key behind it") {
  SegmentsOptions options;
  options.lookback = "1";
  RecordedSink sink;
  segments_report(causal(), options, sink);
  CHECK(sink.header() == "layer,head,token,label,lookback");
  CHECK(sink.integers("token") == std::vector<std::int64_t>{1, 2, 3});
  CHECK(sink.reals("lookback")[0] == .5);
  CHECK(std::isnan(sink.reals("lookback")[1]));
  CHECK(sink.reals("lookback")[2] == doctest::Approx(.1 / (.1 + .3)));
  CHECK(sink.summaries.at("lookback_mean") == doctest::Approx((.5 + .25) / 2));
}

TEST_CASE("lookback needs a causal head and a context") {
  SegmentsOptions options;
  options.lookback = "0";
  RecordedSink sink;
  CHECK_THROWS_WITH_AS(segments_report(causal(), options, sink),
                       "$lookback: is the first token, which has no context before it",
                       ArgumentError);
  CHECK_THROWS_WITH_AS(segments_report(small(), options, sink),
                       "a.npy: is not causal, and $lookback asks what came before", InputError);
}

TEST_CASE("receivers are parts in the order of the text, the rest left out") {
  SegmentsOptions options = ranges("b:2,a:0");
  options.receiver_gap = 1;
  options.vertical = true;
  RecordedSink sink;
  segments_report(small(), options, sink);
  CHECK(sink.header() == "layer,head,segment,vertical");
  CHECK(sink.texts("segment") == std::vector<std::string>{"a", "b"});
  CHECK(sink.reals("vertical")[0] == doctest::Approx(.1));
  CHECK(std::isnan(sink.reals("vertical")[1]));
  options.vertical = false;
  RecordedSink heads;
  segments_report(small(), options, heads);
  CHECK(heads.header() == "layer,head,kurtosis");
  CHECK(std::isnan(heads.reals("kurtosis")[0]));
}

TEST_CASE("cross-attention has no receivers") {
  SegmentsOptions options = ranges("a:0");
  options.receiver_gap = 1;
  RecordedSink sink;
  CHECK_THROWS_AS(segments_report(Attention({Tensor::from(std::vector<double>{.5, .5}, {1, 1, 2})}),
                                  options, sink),
                  InputError);
}

}  // namespace attngraph
